/**
 * Everything that asks about a server or examines one, in one chunk that is loaded with the first such command:
 * starting the extension stays light.
 */
export { addServer, duplicateServer, isNewServerArguments } from './addServer.ts';
export { changeKind, editServer, signInAgain } from './editServer.ts';
export { configureNetwork } from './serverNetwork.ts';
export { testServer } from './serverTest.ts';
