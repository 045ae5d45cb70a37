import type {
  DrawView,
  RatingStudyView,
  VoteInput,
  VoteReceipt,
} from '#lib/studies/rating/schema.ts';

/** A rater's browser without a screen: the rating API over the network. */
export interface HttpRater {
  readonly study: RatingStudyView;
  readonly cookie: string;
  draw(): Promise<DrawView>;
  vote(vote: VoteInput): Promise<VoteReceipt>;
  /** Any call; `path` is what follows `/rate/{code}/`. */
  post(path: string, body?: object): Promise<Response>;
}

/** An answer that is no success. */
export class HttpRefusal extends Error {
  readonly status: number;

  constructor(status: number, body: string) {
    super(`${status}: ${body}`);
    this.status = status;
  }
}

/**
 * Joins a study as a new rater.
 *
 * @param url of the server that is asked.
 * @param origin what the browser's address bar would show; `url` by default.
 */
export async function joinByHttp(url: string, code: string, origin = url): Promise<HttpRater> {
  let cookie = '';
  const post = (path: string, body: object = {}) =>
    fetch(`${url}/api/v1/rate/${code}/${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin, ...(cookie ? { cookie } : {}) },
      body: JSON.stringify(body),
    });
  const joined = await post('join');
  const study = await read<RatingStudyView>(joined);
  cookie = joined.headers
    .getSetCookie()
    .map((line) => line.split(';')[0])
    .join('; ');
  return {
    study,
    cookie,
    post,
    draw: async () => read(await post('draw')),
    vote: async (vote) => read(await post('votes', vote)),
  };
}

async function read<T>(response: Response): Promise<T> {
  if (!response.ok) throw new HttpRefusal(response.status, await response.text());
  return response.json() as Promise<T>;
}
