/**
 * The one class of undici that is used, reached by its own file: undici's index would set a process-wide dispatcher
 * that every extension in the editor's host shares. Only what is used is declared.
 */
declare module 'undici/lib/dispatcher/client.js' {
  import type { Socket } from 'node:net';

  export interface DispatchOptions {
    readonly path: string;
    readonly method: string;
    /** Name, value, name, value … */
    readonly headers: readonly string[];
    readonly body: string | Uint8Array | null;
    readonly headersTimeout: number;
    readonly bodyTimeout: number;
  }

  export interface DispatchController {
    /** Name, value, name, value … of the current response, as the bytes came. */
    readonly rawHeaders: readonly (Buffer | string)[] | null;
    pause(): void;
    resume(): void;
    abort(reason: Error): void;
  }

  export interface DispatchHandler {
    onRequestStart(controller: DispatchController): void;
    onResponseStart(controller: DispatchController, statusCode: number, headers: unknown, statusText?: string): void;
    onResponseData(controller: DispatchController, chunk: Buffer): void;
    onResponseEnd(controller: DispatchController): void;
    /** `controller` is null when the request never started. */
    onResponseError(controller: DispatchController | null, error: Error): void;
  }

  export type Connect = (
    target: { readonly hostname: string; readonly port: string; readonly protocol: string },
    callback: (error: Error | null, socket: Socket | null) => void,
  ) => void;

  export interface ClientOptions {
    readonly connect: Connect;
    readonly allowH2: boolean;
    readonly pipelining: number;
    readonly keepAliveTimeout: number;
    readonly maxHeaderSize: number;
  }

  /** One connection to one origin, opened by the first request and opened anew when it was lost. */
  export default class Client {
    constructor(origin: string, options: ClientOptions);
    dispatch(options: DispatchOptions, handler: DispatchHandler): boolean;
    destroy(error?: Error): Promise<void>;
  }
}
