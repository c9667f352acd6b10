// What a document of an answer shows, and saving it whole: one piece of code, loaded when there is an answer.
export { exchangeText } from './exchangeText.ts';
export { saveResponse } from './saveResponse.ts';
export { visibleBody } from './visibleBody.ts';
