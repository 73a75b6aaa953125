/** What a person wants to see when a story has failed. */
import { tryKubectl } from './kubectl.ts';
import { OPERATOR_NAMESPACE } from './operator.ts';

const LINES_OF_AN_INSTANCE = '25';
const LINES_OF_THE_OPERATOR = 60;

interface Listed {
  readonly items: readonly { readonly metadata: { readonly name: string } }[];
}

/** Resources with their conditions, pods, events, and the last lines of every log, as one text. */
export function diagnose(namespaces: readonly string[]): string {
  const parts: string[] = [];
  const show = (title: string, args: readonly string[]): void => {
    const { stdout, stderr } = tryKubectl(args);
    parts.push(`--- ${title}`, stdout.trimEnd(), stderr.trimEnd());
  };
  for (const namespace of namespaces) {
    const inNamespace = ['-n', namespace];
    show(`${namespace}: resources`, ['get', 'eds,eas', ...inNamespace, '-o', 'wide']);
    show(`${namespace}: conditions`, ['get', 'eds,eas', ...inNamespace, '-o', CONDITIONS]);
    show(`${namespace}: objects`, ['get', 'pods,statefulsets,pvc', ...inNamespace, '-o', 'wide']);
    show(`${namespace}: events`, ['events', ...inNamespace]);
    for (const pod of podsIn(namespace)) {
      const tail = ['--tail', LINES_OF_AN_INSTANCE, '--all-containers', '--prefix'];
      show(`${namespace}: log of ${pod}`, ['logs', pod, ...inNamespace, ...tail]);
    }
  }
  parts.push('--- operator', operatorLines(namespaces));
  show('all pods', ['get', 'pods', '-A', '-o', 'wide']);
  return `${parts.filter((part) => part !== '').join('\n')}\n`;
}

const CONDITIONS = [
  'go-template={{range .items}}{{printf "%s %s\\n" .kind .metadata.name}}',
  '{{range .status.conditions}}{{printf "  %s=%s %s: %s\\n" .type .status .reason .message}}{{end}}{{end}}',
].join('');

function podsIn(namespace: string): string[] {
  const { ok, stdout } = tryKubectl(['get', 'pods', '-n', namespace, '-o', 'json']);
  return ok ? (JSON.parse(stdout) as Listed).items.map(({ metadata }) => metadata.name) : [];
}

/** What the operator said of these namespaces, and of itself. */
function operatorLines(namespaces: readonly string[]): string {
  const args = ['logs', '-n', OPERATOR_NAMESPACE, 'deployment/ecp-operator', '--tail', '5000'];
  const { stdout, stderr } = tryKubectl(args);
  const lines = `${stdout}${stderr}`
    .split('\n')
    .filter(
      (line) => namespaces.some((name) => line.includes(name)) || !/"(key|about|pod)":/.test(line),
    );
  return lines.slice(-LINES_OF_THE_OPERATOR).join('\n');
}
