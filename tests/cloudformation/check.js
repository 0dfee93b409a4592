// Reads a template as AWS CDK does, every resource through its typed class, and prints what CDK makes of it.
// What CDK does not know (a resource type, a property's type, a reference) ends this with an error.
const fs = require('node:fs');
const { App, CfnResource, DefaultStackSynthesizer, Stack } = require('aws-cdk-lib');
const { CfnInclude } = require('aws-cdk-lib/cloudformation-include');

const app = new App({ analyticsReporting: false });
process.on('exit', () => fs.rmSync(app.outdir, { recursive: true, force: true }));
const synthesizer = new DefaultStackSynthesizer({ generateBootstrapVersionRule: false });
const stack = new Stack(app, 'scarnet', { synthesizer });
new CfnInclude(stack, 'template', { templateFile: process.argv[2] });
for (const resource of stack.node.findAll().filter(CfnResource.isCfnResource)) {
  if (resource.constructor === CfnResource) throw new Error(`CDK has no class for ${resource.cfnResourceType}`);
}
process.stdout.write(JSON.stringify(app.synth().getStackByName('scarnet').template, null, 2));
