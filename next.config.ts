import { networkInterfaces } from 'node:os';
import type { NextConfig } from 'next';

/** Nothing here depends on what a page holds; a policy for scripts comes with their nonces. */
const SECURITY_HEADERS = {
  'Content-Security-Policy':
    "frame-ancestors 'none'; base-uri 'self'; object-src 'none'; form-action 'self'",
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Permissions-Policy': 'camera=(), microphone=(), geolocation=()',
  // Links to studies hold a secret, which no other site may learn.
  'Referrer-Policy': 'same-origin',
  'X-Content-Type-Options': 'nosniff',
  'X-Frame-Options': 'DENY',
};

/** This machine's own addresses, by which a phone looks at the development server. */
const OWN_ADDRESSES = Object.values(networkInterfaces()).flatMap((addresses) =>
  (addresses ?? []).map(({ address, family }) => (family === 'IPv6' ? `[${address}]` : address)),
);

const config: NextConfig = {
  // A page under another address than localhost would else reload for ever while developing.
  allowedDevOrigins: OWN_ADDRESSES,
  poweredByHeader: false,
  images: { unoptimized: true },
  // `npm test` checks types; a start needn't wait for them again.
  typescript: { ignoreBuildErrors: true },
  // Native or self-loading packages, which a bundler would break.
  serverExternalPackages: [
    '@node-rs/argon2',
    '@prisma/client',
    '@resvg/resvg-js',
    'flydrive',
    'node-av',
    'pg',
    'pg-boss',
    'pino',
    'pino-pretty',
    'piscina',
    'sharp',
  ],
  headers: async () => [
    {
      source: '/:path*',
      headers: Object.entries(SECURITY_HEADERS).map(([key, value]) => ({ key, value })),
    },
  ],
};

export default config;
