/** Models in memory at a time; the one that was not asked for the longest goes first. */
const MOST_MODELS = 6;

/** Loads each model once, by promise; one that failed to load is tried again the next time. */
export class ModelCache<Model> {
  private readonly models = new Map<string, Promise<Model>>();
  private readonly release: (model: Model) => Promise<unknown>;

  constructor(release: (model: Model) => Promise<unknown>) {
    this.release = release;
  }

  get(key: string, load: () => Promise<Model>): Promise<Model> {
    const known = this.models.get(key);
    this.models.delete(key);
    const model = known ?? this.load(key, load);
    this.models.set(key, model);
    return model;
  }

  private load(key: string, load: () => Promise<Model>): Promise<Model> {
    const [oldest] = this.models;
    if (oldest && this.models.size >= MOST_MODELS) {
      this.models.delete(oldest[0]);
      void oldest[1].then(this.release, () => undefined);
    }
    const model = load();
    model.catch(() => {
      if (this.models.get(key) === model) this.models.delete(key);
    });
    return model;
  }
}
