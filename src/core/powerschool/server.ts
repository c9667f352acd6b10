/** A PowerSchool server as the user knows it. Holds nothing secret: credentials live behind `SecretStore`. */
export interface Server {
  /** Stable id, made once. */
  readonly id: string;
  readonly name: string;
  /** `https://host[:port]`, no path, no trailing slash. */
  readonly origin: string;
  readonly kind: ServerKind;
  readonly network?: NetworkOptions | undefined;
}

export type ServerKind = 'production' | 'test' | 'sandbox';

export interface NetworkOptions {
  /** PEM texts of certificate authorities trusted for this server besides the system's. */
  readonly ca?: readonly string[] | undefined;
  /** SHA-256 fingerprint (upper-case hex with colons) of a leaf certificate the user chose to trust. */
  readonly pinnedCertificate?: string | undefined;
  /** `http://[user:password@]host:port`; undefined: as the environment says; false: none. */
  readonly proxy?: string | false | undefined;
}

/** What Data Provider Configuration shows. */
export interface Credentials {
  readonly clientId: string;
  readonly clientSecret: string;
}

export interface AccessToken {
  readonly value: string;
  /** Milliseconds since 1970. */
  readonly expiresAt: number;
}

/** Credentials and token of servers. A record belongs to one origin and is used for no other. */
export interface SecretStore {
  credentials(server: Server): Promise<Credentials | undefined>;
  token(server: Server): Promise<AccessToken | undefined>;
  storeToken(server: Server, token: AccessToken | undefined): Promise<void>;
}
