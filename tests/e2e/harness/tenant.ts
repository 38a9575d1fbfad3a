// Starts the emulated tenant with the built app, and calls its control addresses.
import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { request as send } from 'node:https';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { APP } from './browser';

const top = resolve(import.meta.dirname, '../../..');

/** The `config.json` of the tests: the real cloud, as a customer would have it. */
export const CONFIG = {
  clientId: '5a1e0000-0000-4000-8000-0000000000d1',
  tenantId: '5a1e0000-0000-4000-8000-000000000001',
  cloud: 'global',
};

/** A fault to play, as parsed by `tests/tenant/src/fault.rs`. */
export interface Fault {
  method?: string;
  path: string;
  skip?: number;
  times?: number;
  effect: { kind: string; [property: string]: unknown };
}

/** One exchange of the tenant's log, as `tests/tenant/src/server/control.rs` writes it. */
export interface Exchange {
  atMs: number;
  method: string;
  url: string;
  headers: [string, string][];
  body: string;
  /** Null if the connection ended without an answer; `applied` then says whether the request took effect. */
  status: number | null;
  answer: string;
  applied: boolean;
}

export class Tenant {
  private constructor(
    readonly port: number,
    private readonly server: ChildProcess,
    private readonly folder: string,
  ) {}

  /** Starts the server on a free port; `extra` are further arguments of `pim-desk-tenant serve`. */
  static async start(extra: string[] = []): Promise<Tenant> {
    const program = process.env.TENANT ?? join(process.env.CARGO_TARGET_DIR ?? join(top, 'target'), 'debug/pim-desk-tenant');
    const dist = process.env.DIST ?? join(top, 'dist');
    for (const needed of [program, join(dist, 'index.html')]) {
      if (!existsSync(needed)) throw new Error(`${needed} is not there: run make test, or make dist and cargo build`);
    }
    const folder = mkdtempSync(join(tmpdir(), 'pim-desk-e2e-'));
    const config = join(folder, 'config.json');
    writeFileSync(config, JSON.stringify(CONFIG));
    const { pathname } = new URL(APP);
    const server = spawn(
      program,
      ['serve', '--port', '0', '--static', dist, '--base', pathname, '--tls-self-signed', '--control']
        .concat(['--config', config, '--redirect-uri', APP], extra),
      { stdio: ['ignore', 'pipe', 'inherit'] },
    );
    const port = await new Promise<number>((done, refuse) => {
      let said = '';
      server.once('exit', (code) => refuse(new Error(`the tenant ended with code ${code}: ${said}`)));
      server.stdout?.on('data', (chunk: Buffer) => {
        said += chunk;
        const address = /listening on https:\/\/[^:/\s]+:(\d+)/.exec(said);
        if (address) done(Number(address[1]));
      });
    });
    return new Tenant(port, server, folder);
  }

  stop() {
    this.server.kill();
    rmSync(this.folder, { recursive: true, force: true });
  }

  /** Back to the seed: no faults, no log, no sessions. `seed` changes properties of it (`Seed` of the tenant). */
  async reset(seed: Record<string, unknown> = {}) {
    await this.control('POST', 'reset', seed);
  }

  async setFaults(...faults: Fault[]) {
    await this.control('POST', 'faults', faults);
  }

  async log(): Promise<Exchange[]> {
    return (await this.control('GET', 'log')) as Exchange[];
  }

  async clearLog() {
    await this.control('POST', 'clear-log');
  }

  /** Another administrator changes a rule. */
  async editRule(edit: { group: string; access: string; rule: string; patch: unknown; by: string }) {
    await this.control('POST', 'edit-rule', edit);
  }

  /** Another approver decides a request. */
  async decide(decision: { request: string; by: string; approve: boolean; justification?: string }) {
    await this.control('POST', 'decide', decision);
  }

  /** Adds a request, as described in `tests/tenant/README.md`; returns its ID. */
  async addRequest(request: Record<string, unknown>): Promise<string> {
    return ((await this.control('POST', 'add-request', request)) as { id: string }).id;
  }

  /** Moves the tenant's clock forward. */
  async advance(ms: number) {
    await this.control('POST', 'advance', { ms });
  }

  /** A rule as it is stored. */
  async rule(group: string, access: string, rule: string): Promise<unknown> {
    return this.control('GET', `rule?${new URLSearchParams({ group, access, rule })}`);
  }

  /** A group by name or ID. */
  async group(name: string): Promise<{ id: string; displayName: string; inPim: boolean }> {
    const found = await this.control('GET', `group?${new URLSearchParams({ group: name })}`);
    if (!found) throw new Error(`the tenant has no group '${name}'`);
    return found as { id: string; displayName: string; inPim: boolean };
  }

  /** All requests with their state. */
  async requests(): Promise<{ id: string; status: string }[]> {
    return (await this.control('GET', 'requests')) as { id: string; status: string }[];
  }

  private control(method: string, verb: string, body?: unknown): Promise<unknown> {
    const text = body === undefined ? '' : JSON.stringify(body);
    return new Promise((done, refuse) => {
      const options = {
        method,
        rejectUnauthorized: false,
        headers: text ? { 'content-type': 'application/json' } : {},
      };
      const outgoing = send(`https://127.0.0.1:${this.port}/_tenant/${verb}`, options, (incoming) => {
        let answer = '';
        incoming.on('data', (chunk) => (answer += chunk));
        incoming.on('end', () => {
          const status = incoming.statusCode ?? 0;
          if (status >= 300) refuse(new Error(`${method} /_tenant/${verb} answered ${status}: ${answer}`));
          else done(answer ? JSON.parse(answer) : undefined);
        });
      });
      outgoing.on('error', refuse);
      outgoing.end(text);
    });
  }
}
