import fc from 'fast-check';

/** CI judges a change by the same cases each time; everywhere else properties look for new ones. */
if (process.env.CI) fc.configureGlobal({ ...fc.readConfigureGlobal(), seed: 20261121 });
