/** Why a file did not arrive; a lost connection is worth another try, a refusal is not. */
export class SendError extends Error {
  readonly isRefusal: boolean;

  constructor(message: string, isRefusal: boolean) {
    super(message);
    this.isRefusal = isRefusal;
  }
}

export interface SendOptions {
  readonly signal: AbortSignal;
  readonly onProgress: (sentBytes: number) => void;
}

/**
 * Sends one file as the body of one request. XMLHttpRequest, because fetch tells nothing of how much
 * has left.
 *
 * @throws SendError with a sentence for a person
 */
export function sendFile(
  url: string,
  file: Blob,
  { signal, onProgress }: SendOptions,
): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) return reject(new SendError('The upload was stopped.', true));
    const request = new XMLHttpRequest();
    const abort = () => request.abort();
    request.upload.onprogress = (event) => onProgress(event.loaded);
    request.onload = () => {
      if (request.status >= 200 && request.status < 300) resolve();
      else reject(new SendError(messageOf(request), request.status >= 400 && request.status < 500));
    };
    request.onerror = () => reject(new SendError('The connection was lost.', false));
    request.onabort = () => reject(new SendError('The upload was stopped.', true));
    request.onloadend = () => signal.removeEventListener('abort', abort);
    signal.addEventListener('abort', abort);
    request.open('PUT', url);
    request.setRequestHeader('content-type', 'application/octet-stream');
    request.send(file);
  });
}

function messageOf(request: XMLHttpRequest): string {
  try {
    const answer: unknown = JSON.parse(request.responseText);
    if (typeof answer === 'object' && answer !== null && 'message' in answer)
      return String(answer.message);
  } catch {
    // An answer of a proxy in between is no JSON.
  }
  return `The server answered ${request.status}.`;
}
