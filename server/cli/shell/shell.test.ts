import { beforeEach, describe, expect, test } from '@jest/globals';
import type { ShellEnvironment } from './evaluate.ts';
import { runLine, Shell, ShellError } from './shell.ts';
import { MemoryDatabase } from './testing/memory-database.ts';

let database: MemoryDatabase;
let written: string;
let shell: Shell;

beforeEach(() => {
  database = new MemoryDatabase({ namespaces: ['OTHER'] });
  written = '';
  const environment: ShellEnvironment = {
    horolog: () => '67890,12345',
    job: '42',
    pause: () => new Promise((resolve) => setImmediate(resolve)),
    write: (text) => {
      written += text;
    },
  };
  shell = new Shell(database, environment);
});

/** What a line writes. */
async function run(line: string, signal?: AbortSignal): Promise<string> {
  written = '';
  await shell.run(line, signal === undefined ? {} : { signal });
  return written;
}

async function failure(line: string): Promise<ShellError> {
  const error: unknown = await shell.run(line).catch((caught: unknown) => caught);
  expect(error).toBeInstanceOf(ShellError);
  return error as ShellError;
}

/** Lines that set something up, the line in question, and what it writes. */
type Transcript = [setup: string, line: string, output: string];

const both = (transcripts: Transcript[]): Transcript[] =>
  transcripts.flatMap(([setup, line, output]): Transcript[] => [
    [setup, line, output],
    // Whatever holds for globals holds for locals.
    [local(setup), local(line), local(output)],
  ]);
const local = (text: string): string => text.replaceAll('^', '');

describe('commands (F-M4)', () => {
  test.each<Transcript>([
    ...both([
      ['SET ^x=1', 'WRITE ^x', '1'],
      ['s ^x(1,"a")="b"', 'w ^x(1,"a")', 'b'],
      ['SET ^x=1,^y=2', 'WRITE ^x+^y', '3'],
      ['SET (^x,^y(1))=7', 'WRITE ^x,^y(1)', '77'],
      ['SET ^i=1', 'SET ^x(^i)=$INCREMENT(^i) WRITE $DATA(^x(1)),^x(1)', '12'],
      ['SET ^x=1,^x(1)=2,^y=3', 'KILL ^x WRITE $D(^x),$D(^y)', '01'],
      ['SET ^x=1,^x(1)=2', 'ZKILL ^x WRITE $D(^x)', '10'],
      ['SET ^x=1,^x(1)=2', 'ZWITHDRAW ^x(1) WRITE $D(^x)', '1'],
      ['SET ^x(1)=1,^x(1,2)=2', 'MERGE ^y(5)=^x(1) ZWRITE ^y', '^y(5)=1\n^y(5,2)=2\n'],
      ['SET ^x(1)=1,^x(2)=2,^x(2,"a")="z"', 'ZWRITE ^x', '^x(1)=1\n^x(2)=2\n^x(2,"a")="z"\n'],
      ['SET ^x(1)=1,^x(2)=2,^x(2,"a")="z"', 'ZWRITE ^x(2)', '^x(2)=2\n^x(2,"a")="z"\n'],
      ['SET ^x(1)=1,^x(2)=2,^x(2,"a")="z"', 'ZWRITE ^x(2,*)', '^x(2)=2\n^x(2,"a")="z"\n'],
      ['FOR i=1:1:9 SET ^x(i)=i', 'ZWRITE ^x(3:5)', '^x(3)=3\n^x(4)=4\n^x(5)=5\n'],
      ['FOR i=1:1:9 SET ^x(i)=i', 'ZWRITE ^x(2.5:4)', '^x(3)=3\n^x(4)=4\n'],
      ['FOR i=1:1:9 SET ^x(i)=i', 'ZWRITE ^x(8:)', '^x(8)=8\n^x(9)=9\n'],
      ['SET ^x(1)=1,^x("a")=2,^x("b")=3', 'ZWRITE ^x(:"a")', '^x(1)=1\n^x("a")=2\n'],
      ['SET ^x(1,1)=1,^x(1,2)=2,^x(2,2)=3', 'ZWRITE ^x(,2)', '^x(1,2)=2\n^x(2,2)=3\n'],
      [
        'SET ^x(1)="q""q",^x(2)=$C(13,10)_"é"_$ZCH(255)',
        'ZWRITE ^x',
        '^x(1)="q""q"\n^x(2)=$C(13,10)_"é"_$ZCH(255)\n',
      ],
    ]),
    [
      'SET ^x(1)=1,^x(1,2)=2',
      'MERGE y=^x MERGE ^z("k")=y ZWRITE ^z',
      '^z("k",1)=1\n^z("k",1,2)=2\n',
    ],
    ['SET a=1,b(2)=2,^c=3', 'ZWRITE', 'a=1\nb(2)=2\n'],
    ['SET a=1', 'WRITE', 'a=1\n'],
    ['SET a=1,b=2,^c=3', 'KILL  ZWRITE  WRITE ^c', '3'],
    ['', 'WRITE "a",!,"b",!!,"c"', 'a\nb\n\nc'],
    ['', 'WRITE "ab",?5,"c",!?2,"d"', 'ab   c\n  d'],
    ['', 'WRITE *65,"b",#', 'Ab\f'],
    ['', 'WRITE "say ""hi""" ; a comment', 'say "hi"'],
    ['', '; only a comment', ''],
    ['', '   ', ''],
    ['SET x=5', 'WRITE:x=5 "yes" WRITE:x=6 "no"', 'yes'],
    ['SET x = 1, y = 2', 'WRITE x + y , ( x - y )', '3-1'],
    ['', 'FOR i=1:1:3 WRITE i', '123'],
    ['', 'FOR i=3:-1:1 WRITE i', '321'],
    ['', 'FOR i=1:.5:2 WRITE i," "', '1 1.5 2 '],
    ['', 'FOR i=5:1:3 WRITE i', ''],
    ['', 'FOR i="a","b",1:1:2,9 WRITE i', 'ab129'],
    ['', 'FOR i=1:1 QUIT:i>4  WRITE i', '1234'],
    ['', 'FOR i=1:1:9,20 QUIT:i>2  WRITE i', '12'],
    ['', 'FOR i=1:1:2 FOR j=1:1:9 QUIT:j>2  WRITE i,j," "', '11 12 21 22 '],
    ['', 'FOR i=1:1:3 SET i=i+1 WRITE i', '24'],
    ['', 'FOR i=1:1:3 IF i=2 WRITE "two"', 'two'],
    ['FOR i=1:1:3', 'WRITE i', '3'],
    [
      'SET ^x(3)=1,^x(20)=1,^x("b")=1',
      'SET k="" FOR  SET k=$ORDER(^x(k)) QUIT:k=""  WRITE k,!',
      '3\n20\nb\n',
    ],
    ['SET x=1', 'IF x WRITE "yes"', 'yes'],
    ['SET x=0', 'IF x WRITE "yes"', ''],
    ['IF 0', 'ELSE  WRITE "else"', 'else'],
    ['IF 1', 'ELSE  WRITE "else"', ''],
    ['', 'IF 1,0 WRITE "both"', ''],
    ['IF 1', 'IF  WRITE $TEST', '1'],
    ['SET ^x=1', 'SET $NAMESPACE="OTHER" WRITE $NAMESPACE,$DATA(^x)', 'OTHER0'],
    ['ZN "OTHER" SET ^x=2', 'ZN "USER" WRITE $D(^x) ZN "OTHER" WRITE ^x', '02'],
    ['SET r="^x(1,""a"")",@r=5', 'WRITE ^x(1,"a"),@r', '55'],
    ['SET ^x(1,2)=5,r="^x(1)"', 'WRITE @r@(2),$DATA(@r)', '510'],
    ['SET y="z",z=3', 'SET x="y" WRITE @@x', '3'],
    ['SET ^x(1)=5,r=$QUERY(^x)', 'KILL @r WRITE $DATA(^x)', '0'],
    ['', 'SET %a=1,ab12=2 WRITE %a,ab12', '12'],
    ['SET ^a.b(1)=4', 'WRITE ^a.b(1)', '4'],
  ])('after %j: %j writes %j', async (setup, line, output) => {
    await run(setup);
    expect(await run(line)).toBe(output);
  });

  test.each(['QUIT', 'Q', 'HALT', 'H', 'IF 1 QUIT', 'FOR  HALT', 'WRITE 1 QUIT  WRITE 2'])(
    '%s leaves',
    async (line) => {
      expect(await shell.run(line)).toBe('leave');
      expect(written).not.toContain('2');
    },
  );

  test('a QUIT that ends a loop stays', async () => {
    expect(await shell.run('FOR i=1:1:5 QUIT:i=3')).toBe('next');
  });

  test('a change of namespace closes the job it replaces, never the one handed in', async () => {
    await run('ZN "OTHER" ZN "USER" ZN "OTHER"');
    expect(database.counters.openJobs).toBe(1);
    await shell.close();
    expect(database.counters.openJobs).toBe(0);
  });
});

describe('functions (F-M4)', () => {
  test.each<Transcript>([
    ...both([
      ['SET ^x=5', '$GET(^x)', '5'],
      ['', '$GET(^x)', ''],
      ['', '$G(^x(1),"none")', 'none'],
      ['SET ^x(1)=1', '$DATA(^x),$DATA(^x(1)),$DATA(^x(2))', '1010'],
      ['SET ^x(1)=1,^x(-1)=1,^x("a")=1', '$ORDER(^x("")),$O(^x(-1)),$O(^x(1)),$O(^x("a"))', '-11a'],
      ['SET ^x(1)=1,^x("a")=1', '$ORDER(^x(""),-1),$O(^x("a"),-1),$O(^x(1),-1)', 'a1'],
      ['SET ^x(1,"b")=1', '$QUERY(^x)', '^x(1,"b")'],
      ['SET ^x(17,"balance")=1,^x(18)=2', '$Q(^x(17,"balance")),$Q(^x(18))', '^x(18)'],
      ['SET ^x(1)=1,^x(2)=2', '$QUERY(^x(2),-1)', '^x(1)'],
      ['SET ^x(1)=1,^x(2)=2', '$QUERY(^x(""),-1),$QUERY(^x(""))', '^x(2)^x(1)'],
      ['SET l=$SEQUENCE(l),l=$SEQ(l)', '$SEQUENCE(^x),$SEQ(^x),^x,l', '1222'],
      ['', '$INCREMENT(^x),$I(^x,.5),$I(^x,-2),^x', '11.5-.5-.5'],
      ['', '$NAME(^x(1,"a""b",1.50))', '^x(1,"a""b",1.5)'],
      ['', '$NA(^x(1,2,3),1)', '^x(1)'],
    ]),
    ['', '$LENGTH("abc"),$L("")', '30'],
    ['', '$LENGTH("a,b,c",","),$L("abc",""),$L("","x")', '301'],
    ['', '$PIECE("a^b^c","^"),$P("a^b^c","^",2),$P("a^b^c","^",2,3),$P("a^b","^",9)', 'abb^c'],
    ['', '$PIECE("a--b--c","--",2,99),$P("abc",""),$P("abc","x")', 'b--cabc'],
    ['', '$EXTRACT("abc"),$E("abc",2),$E("abc",2,3),$E("abc",0,9),$E("abc",3,2)', 'abbcabc'],
    ['', '$ASCII("A"),$A("AB",2),$A(""),$A("A",9)', '6566-1-1'],
    ['', '$CHAR(72,105),$C(-1),$C(233)', 'Hié'],
    ['', '$ZCHAR(195,169)="é"', '1'],
    ['', '$FIND("abcabc","b"),$F("abcabc","b",4),$F("abc","z"),$F("abc","")', '3601'],
    [
      '',
      '$JUSTIFY("ab",5),"|",$J("abcdef",3),"|",$J(3.14159,8,2),"|",$J(.5,0,1)',
      '   ab|abcdef|    3.14|0.5',
    ],
    ['', '$TRANSLATE("hello","el","ip"),$TR("hello","l")', 'hippoheo'],
    ['', '$REVERSE("abc")', 'cba'],
    ['', '$SELECT(0:1,1:"two",1:undefined)', 'two'],
    ['', '$HOROLOG," ",$H', '67890,12345 67890,12345'],
    ['', '$JOB,$NAMESPACE', '42USER'],
  ])('after %j: WRITE %s is %j', async (setup, expression, output) => {
    await run(setup);
    expect(await run(`WRITE ${expression}`)).toBe(output);
  });
});

describe('operators (F-M4)', () => {
  test.each([
    ['1+2*3', '9'],
    ['2+3*4-1/2', '9.5'],
    ['1+(2*3)', '7'],
    ['-3+5', '2'],
    ['--3', '3'],
    ['+"3 apples"', '3'],
    ["'0,'1,''5", '101'],
    ['2**3**2', '64'],
    ['7\\2#2', '1'],
    ['"a"_1+2', '2'],
    ['1_2', '12'],
    ['1.0="1",01=1,"01"=1', '110'],
    ['2<10,"2"<"10",10>9', '111'],
    ["3'<3,3'>3,3'=4", '111'],
    ['"abc"["b","abc"[""', '11'],
    ['"abc"\'["z"', '1'],
    ['"b"]"a","a"]"b","10"]"9"', '100'],
    ['10]]9,"a"]]9,9]]"a",1]]""', '1101'],
    ["9']]10", '1'],
    ['1&0,1&1,1!0,0!0', '0110'],
    ["1'&1,0'!0", '01'],
    ['1=1=1', '1'],
    ['1<2&(2<3)', '1'],
    ['.5,0.50,1E3,1.5E-1', '.5.51000.15'],
    ['"x"=$C(120)', '1'],
  ])('WRITE %s is %s', async (expression, output) => {
    expect(await run(`WRITE ${expression}`)).toBe(output);
  });
});

describe('errors', () => {
  test.each([
    ['FOO x', 0, 'FOO is not a command'],
    ['SET x=1 FOO', 8, 'FOO is not a command'],
    ['JOB ^x', 0, 'JOB is not a command'],
    ['SET x=', 6, 'a value is expected'],
    ['SET x=1+', 8, 'a value is expected'],
    ['SET x', 5, 'an = and a value follow the variable'],
    ['SET', 3, 'SET needs an argument'],
    ['SET 1=2', 4, 'a variable is expected'],
    ['SET $JOB=2', 4, '$JOB cannot be set'],
    ['WRITE "abc', 6, 'a string ends with a quote'],
    ['WRITE (1+2', 10, 'a ) is missing'],
    ['WRITE ^x(1', 10, 'a ) is missing'],
    ['WRITE ^', 6, 'a name follows the ^'],
    ['WRITE ^(1)', 6, 'a name follows the ^'],
    ['WRITE $FOO(1)', 6, '$FOO is not a function'],
    ['WRITE $FOO', 6, '$FOO is not a special variable'],
    ['WRITE $LENGTH(1,2,3)', 19, '$LENGTH has fewer arguments'],
    ['WRITE $FIND(1)', 13, '$FIND needs another argument'],
    ['WRITE $GET(5)', 11, 'a variable is expected'],
    ['WRITE 1{2', 7, 'this character has no meaning here'],
    ['WRITE 12345678901234567891', 6, 'a number has at most 18 digits and is below 1E47'],
    ['QUIT 5', 5, 'QUIT takes no argument; two spaces before another command'],
    ['IF:1 WRITE 1', 2, 'IF takes no condition'],
    ['FOR ^x=1:1:3 WRITE 1', 4, 'FOR counts in a local variable'],
    ['KILL (x,y)', 5, 'a variable is expected'],
    ['SETx=1', 0, 'SETx is not a command'],
    ['ZWRITE ^x(*,1)', 11, 'the * is the last subscript'],
  ])('%s fails at column %d: %s', async (line, column, rule) => {
    const error = await failure(line);
    expect([error.column, error.message]).toEqual([
      column,
      `<SYNTAX> column ${column + 1}: ${rule}`,
    ]);
  });

  test.each([
    ['WRITE "a",^x(1)', 10, '<UNDEFINED> ^x(1)'],
    ['WRITE x(1,"b")', 6, '<UNDEFINED> x(1,"b")'],
    ['SET x=1/0', 7, '<MAXNUMBER> division by zero'],
    ['WRITE $ORDER(^x)', 6, '<SUBSCRIPT> $ORDER needs a subscript'],
    ['SET ^x("")=1', 4, '<SUBSCRIPT> a subscript is empty'],
    ['WRITE $ORDER(^x(1),2)', 6, '<SYNTAX> a direction is 1 or -1'],
    ['WRITE $SELECT(0:1)', 6, '<SYNTAX> $SELECT: none of the conditions is true'],
    ['ZN "NOWHERE"', 3, '<NAMESPACE>'],
    ['SET r="1x" WRITE @r', 17, '<SYNTAX> @ needs the name of a variable: a variable is expected'],
    ['SET x="@x" WRITE @x', 17, '<SYNTAX> an indirection that leads to itself'],
    ['SET x=1,x(1)=2 MERGE x(2)=x', 21, '<SYNTAX> MERGE'],
    ['WRITE $JUSTIFY(1,9999999)', 6, '<MAXSTRING>'],
    ['SET x="a" FOR  SET x=x_x_x_x_x_x_x_x', 22, '<MAXSTRING>'],
    ['SET ^x=$C(55357)', 4, '<SYNTAX> half of a character'],
  ])('%s fails at column %d: %s', async (line, column, message) => {
    const error = await failure(line);
    expect([error.column, error.message.slice(0, message.length)]).toEqual([column, message]);
  });

  test('a line that does not parse does nothing', async () => {
    await failure('SET ^x=1 WRITE (');
    expect(await run('WRITE $DATA(^x)')).toBe('0');
  });

  test('the caret stands below the column', async () => {
    const error = await failure('SET x=1+');
    expect(error.explain(5)).toBe(`${' '.repeat(13)}^\n<SYNTAX> column 9: a value is expected\n`);
  });

  test('lines nested too deeply are refused, not run into the ground', async () => {
    const error = await failure(`WRITE ${'('.repeat(50_000)}`);
    expect(error.message).toMatch(/nested too deeply/);
  });

  test('an abort ends a loop that never waits for anything', async () => {
    const controller = new AbortController();
    const endless = shell.run('FOR  SET x=1', { signal: controller.signal });
    setImmediate(() => controller.abort());
    await expect(endless).rejects.toThrow(/<CANCELLED>/);
  });
});

describe('transactions (F-M4)', () => {
  test.each<Transcript>([
    ['TSTART  SET ^x=1', 'WRITE $TLEVEL,$TL TCOMMIT  WRITE $TLEVEL,^x', '1101'],
    ['SET ^x=1 TSTART  SET ^x=2,^y(1)=3', 'TROLLBACK  WRITE ^x,$DATA(^y),$TLEVEL', '100'],
    ['SET ^x(1)=1,^x(2)=2 ts  kill ^x', 'WRITE $D(^x) tro  WRITE $D(^x),^x(2)', '0102'],
    ['TS  S ^x=1 TS  S ^x=2', 'TRO 1 WRITE $TL,^x TRO  WRITE $TL,$D(^x)', '1100'],
    ['TS  S ^x=1 TS  S ^x=2', 'TC  WRITE $TL TRO  WRITE $TL,$D(^x)', '100'],
    ['TSTART  SET ^x=1', 'TROLLBACK:^x=2  TROLLBACK:^x=2 1 WRITE $TLEVEL', '1'],
    ['TSTART  SET ^x=1', 'TROLLBACK:^x=1  WRITE $TLEVEL,$DATA(^x)', '00'],
    ['SET x=0 TSTART:x  TSTART:x=0', 'TCOMMIT:$TLEVEL  TCOMMIT:$TLEVEL  WRITE $TLEVEL', '0'],
    ['', 'TROLLBACK  TROLLBACK 1 WRITE $TLEVEL', '0'],
    ['TSTART  SET x=1', 'TROLLBACK  WRITE x', '1'],
  ])('after %j: %j writes %j', async (setup, line, output) => {
    await run(setup);
    expect(await run(line)).toBe(output);
  });

  test.each([
    ['TSTART ()', 7, 'TSTART takes no argument; two spaces before another command'],
    ['TCOMMIT 1', 8, 'TCOMMIT takes no argument; two spaces before another command'],
    ['TROLLBACK 2', 10, 'TROLLBACK takes no argument, or 1 for the innermost level'],
    ['TROLLBACK $TLEVEL', 10, 'TROLLBACK takes no argument, or 1 for the innermost level'],
  ])('%s fails at column %d: %s', async (line, column, rule) => {
    const error = await failure(line);
    expect([error.column, error.message]).toEqual([
      column,
      `<SYNTAX> column ${column + 1}: ${rule}`,
    ]);
  });

  test('TCOMMIT without TSTART is an error', async () => {
    expect((await failure('TCOMMIT')).message).toBe('<SYNTAX> TCOMMIT without TSTART');
  });

  test('a line that fails leaves it open', async () => {
    await failure('TSTART  SET ^x=1 WRITE 1/0');
    expect(await run('WRITE $TLEVEL,^x TROLLBACK  WRITE $DATA(^x)')).toBe('110');
  });

  test('a namespace cannot be left in one', async () => {
    const error = await failure('TSTART  SET ^x=1 ZN "OTHER"');
    expect(error.message).toBe('<NAMESPACE> a transaction is open: TCOMMIT or TROLLBACK first');
    expect(await run('TCOMMIT  ZN "OTHER" WRITE $NAMESPACE')).toBe('OTHER');
  });

  test.each(['', 'ZN "OTHER" '])('HALT rolls back (%j)', async (enter) => {
    expect(await shell.run(`${enter}SET ^x=1 TSTART  SET ^x=2 HALT`)).toBe('leave');
    await shell.close();
    const namespace = enter === '' ? 'USER' : 'OTHER';
    expect(await (await database.job({ namespace })).global('x').get()).toBe('1');
  });
});

test('runLine gives what one line writes', async () => {
  expect(await runLine(database, 'SET ^x=3 WRITE ^x,!')).toBe('3\n');
  await expect(runLine(database, 'WRITE ^y')).rejects.toBeInstanceOf(ShellError);
});

test('values and subscripts keep bytes that are not UTF-8', async () => {
  await run('SET ^x($ZCH(200))=$ZCH(255,0)_"é"');
  expect(await database.global('x').getBytes([new Uint8Array([200])])).toEqual(
    new Uint8Array([255, 0, 0xc3, 0xa9]),
  );
  expect(await run('SET k=$ORDER(^x("")) WRITE $LENGTH(k),^x(k)=($ZCH(255,0)_"é")')).toBe('11');
});
