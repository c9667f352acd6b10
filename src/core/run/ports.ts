import type { Header, HttpResponse, Timeouts } from '../http/transport.ts';
import type { Server } from '../powerschool/server.ts';

/** What sends one request: the PowerSchool client fits. */
export interface RequestSender {
  /**
   * Resolves when the headers of the answer are there. Rejects with an `ExplainedError`, or with the signal's reason.
   * Redirects of GET and HEAD are followed behind this door.
   */
  send(request: SendRequest): Promise<SentResponse>;
}

export interface SendRequest {
  readonly method: string;
  /** An absolute URL. */
  readonly target: string;
  readonly headers: readonly Header[];
  readonly body?: string | Uint8Array | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly timeouts?: Timeouts | undefined;
  /** False: no token goes along. */
  readonly authorize?: boolean | undefined;
}

export interface SentResponse extends HttpResponse {
  readonly url: URL;
  /** Redacted. */
  readonly sentHeaders: readonly Header[];
}

/** A server and the way to it. */
export interface ServerConnection {
  readonly server: Server;
  readonly sender: RequestSender;
}

/** Files that a request includes. */
export interface FilePort {
  /** The path with all links resolved; rejects when there is no such file. */
  realPath(path: string): Promise<string>;
  read(path: string): Promise<Uint8Array>;
}

/** Where a body goes that is too large for memory. */
export interface Spool {
  write(chunk: Uint8Array): Promise<void>;
  /** After the last chunk. */
  end(): Promise<SpooledBody>;
  /** After a write that failed: ends it where `where` says, which hears how many bytes are there. */
  shorten?(where: (written: number) => BodyCut | undefined): Promise<SpooledBody | undefined>;
  /** Drops what was written. */
  discard(): Promise<void>;
}

/** Where a body that cannot be written to its end is cut instead. */
export interface BodyCut {
  /** Bytes that stay. */
  readonly length: number;
  /** What closes it. */
  readonly after: Uint8Array;
}

export interface SpooledBody {
  readonly path: string;
  read(): AsyncIterable<Uint8Array>;
  /**
   * What these JSONPaths find, without holding up whoever asks; undefined when it is no JSON. Rejects when that is too
   * much. Left out where nobody minds waiting.
   */
  select?(
    selectors: readonly string[],
    headers: readonly Header[],
  ): Promise<readonly (readonly unknown[])[] | undefined>;
}

/** Asked before a request that changes records goes to its server; the port decides by the kind of the server. */
export interface WriteQuestion {
  readonly server: Server;
  readonly method: string;
  /** Without credentials. */
  readonly url: string;
  readonly name: string | undefined;
}

/** What a run needs from around it. */
export interface RunPorts {
  /** The server that `# @server NAME` names, or the active one. Undefined when there is none. */
  clientFor(serverName: string | undefined): Promise<ServerConnection | undefined>;
  /** For a whole web address when no server is active; it has no token to give. */
  anonymousSender?(origin: string): Promise<RequestSender>;
  readonly files: FilePort;
  readonly processEnv: (name: string) => string | undefined;
  /** Undefined where nobody can answer. */
  readonly prompt?: ((question: string) => Promise<string | undefined>) | undefined;
  /** Undefined: nobody is asked (the command line). */
  readonly confirmWrite?: ((question: WriteQuestion) => Promise<boolean>) | undefined;
  /** Undefined: of a body over the limit only the size is kept. */
  readonly openSpool?: (() => Promise<Spool>) | undefined;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly random: () => number;
}
