// What sends requests: one piece of code, loaded when the first one is sent.
export { NamedAnswers, prepareSelected, runRequests, sendAgain } from '../../core/run/runRequests.ts';
export { continuePages, runAllPages } from './allPagesRun.ts';
