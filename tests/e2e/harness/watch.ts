// Watches a browser for what must not happen: console errors, policy violations, requests to other places.
import type { BrowserContext } from '@playwright/test';
import { APP, GRAPH, LOGIN } from './browser';

const OURS = [APP, GRAPH, LOGIN].map((address) => new URL(address).origin);

export class Watch {
  private readonly complaints: string[] = [];
  private readonly allowed: RegExp[] = [];

  static async over(context: BrowserContext): Promise<Watch> {
    const watch = new Watch();
    context.on('console', (message) => {
      if (['error', 'warning'].includes(message.type())) {
        watch.complaints.push(`console ${message.type()}: ${message.text()} (${message.location().url})`);
      }
    });
    context.on('weberror', (error) => watch.complaints.push(`uncaught: ${error.error()}`));
    context.on('request', (request) => {
      const { protocol, origin } = new URL(request.url());
      if (!['data:', 'blob:', 'about:'].includes(protocol) && !OURS.includes(origin)) {
        watch.complaints.push(`request to a foreign origin: ${request.url()}`);
      }
    });
    await context.exposeFunction('__violation', (text: string) => watch.complaints.push(`policy violation: ${text}`));
    await context.addInitScript(() => {
      document.addEventListener('securitypolicyviolation', (event) => {
        const tell = (globalThis as unknown as { __violation: (text: string) => void }).__violation;
        tell(`${event.violatedDirective} ${event.blockedURI} ${event.sourceFile ?? ''}`);
      });
    });
    return watch;
  }

  /** This test causes errors that match: they are expected. */
  allow(...patterns: RegExp[]) {
    this.allowed.push(...patterns);
  }

  /** What happened and was not allowed. */
  unexpected(): string[] {
    return this.complaints.filter((complaint) => !this.allowed.some((pattern) => pattern.test(complaint)));
  }
}
