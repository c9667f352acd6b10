import { client } from './http.mjs';

const [port] = process.argv.slice(2);
const http = client(Number(port));
await http.signIn();
for (let i = 0; i < 100; i++) JSON.parse((await http.bytes(await http.get(`/ws/v1/student/${i}`))).toString());
http.close();
