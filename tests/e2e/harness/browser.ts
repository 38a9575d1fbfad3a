// How Chromium is started: quiet, able to run as root, and with the real host names leading to the emulated tenant.

/** The address the app is served at: its own host name, a sub-path, a server without rewrites. */
export const APP = 'https://pim.example.test/pim/';
export const LOGIN = 'https://login.microsoftonline.com';
export const GRAPH = 'https://graph.microsoft.com';

export function launchOptions(port: number) {
  const hosts = [APP, LOGIN, GRAPH].map((address) => `MAP ${new URL(address).hostname} 127.0.0.1:${port}`);
  return {
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium-headless-shell',
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--ignore-certificate-errors',
      `--host-resolver-rules=${hosts.join(',')}`,
    ],
  };
}
