import { client } from './http.mjs';

const [port] = process.argv.slice(2);
const http = client(Number(port));
await http.signIn();
process.stdout.write(await http.bytes(await http.get('/ws/v1/student/4101')));
http.close();
