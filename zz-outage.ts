import { startDiscord } from './test/support/discord/start.ts';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
const discord = await startDiscord(); discord.addServer(); 
discord.world.commands.addEntryPoint();
const child = spawn(process.execPath, ['dist/src/cli/main.js','bot'], { env: { ...process.env, ESCRIBA_DB: '/tmp/h20/outage.db', DISCORD_TOKEN: discord.token, DISCORD_API_URL: discord.apiUrl }, stdio: ['ignore','pipe','pipe'] });
let out=''; child.stdout.on('data',d=>out+=d); child.stderr.on('data',d=>out+=d);
await discord.connected();
console.log('commands', discord.world.commands.in(null).map(c=>c.name).join(' '));
const plain = { application_id: discord.applicationId, version: 1, token: 'raw', channel_id: '2', locale: 'pt-BR' };
for (const part of [
  { type: 2, data: { id: '3', name: 'model', type: 1, options: [] }, user: { id: '9' } },
  { type: 2, data: { id: '3', name: 'model', type: 1, options: [] }, guild_id: '7' },
  { type: 2, data: { id: '3', name: 'Whose voice?', type: 3 } },
  { type: 2 }, { type: 99, data: {} }, { type: 3, data: { component_type: 2, custom_id: 'again:1' }, user: { id: '9' } },
  { type: 5, data: { custom_id: 'change:1', components: 7 }, user: { id: '9' } },
]) discord.gateway.tell(null, 'INTERACTION_CREATE', { ...plain, id: '11', ...part });
discord.gateway.tell(null, 'INTERACTION_CREATE', null);
const a = await discord.interact({ command: 'help', locale: 'pt-BR' }).answer();
console.log('after the odd ones:', a.content.slice(0,60));
const before = out.length;
discord.gateway.takesConnections = false; discord.gateway.drop();
await new Promise(r=>setTimeout(r,90_000));
console.log('connections tried', discord.gateway.counts.connections, '\nlog of the outage:\n' + out.slice(before));
discord.gateway.takesConnections = true;
await discord.connected();
await new Promise(r=>setTimeout(r,1500));
console.log('--- after\n', out.slice(before).split('\n').slice(-3).join('\n'));
child.kill('SIGTERM'); console.log(await once(child,'exit')); await discord.stop();
