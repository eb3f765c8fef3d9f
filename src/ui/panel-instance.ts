/** Options of a panel instance: plain data, so that layouts can be described in a config. */
export type PanelOptions = Readonly<Record<string, string | number | boolean>>;

/** A panel in a view: its kind and options. Focus and cursor belong to its id. */
export interface PanelInstance {
  /** Unique within its view. */
  readonly id: string;
  readonly kind: string;
  readonly options: PanelOptions;
}
