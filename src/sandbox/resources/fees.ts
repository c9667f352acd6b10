import { keyOf } from '../district/cell.ts';
import { elementAnswer, type Answer } from '../server/answer.ts';
import { jsonBody, type Call } from '../server/call.ts';
import { Refusal } from '../server/refusal.ts';
import type { Route } from '../server/router.ts';
import type { Element } from '../wire/element.ts';
import { isDate } from './columnValue.ts';
import { requireJson } from './events.ts';
import { listOf } from './studentExtensions.ts';
import { objectAt } from './tableWrites.ts';

/** Payments, credits and voids on the fees of students. The answer's shape is not documented: that of student writes. */
export const FEE_ROUTES: readonly Route[] = [
  { method: 'POST', path: '/ws/v1/fee/transaction', access: 'v1Full', handler: answerOne },
  { method: 'POST', path: '/ws/v1/fee/transactions', access: 'v1Full', handler: answerMany },
];

function answerOne(call: Call): Answer {
  requireJson(call);
  const transaction = objectAt(jsonBody(call), 'fee_transaction');
  if (transaction === undefined) throw new Refusal(400, 'The request body must have fee_transaction');
  return answerTransactions(call, [transaction]);
}

function answerMany(call: Call): Answer {
  requireJson(call);
  const transactions = listOf(objectAt(jsonBody(call), 'fee_transactions')?.['fee_transaction']);
  if (transactions.length === 0) {
    throw new Refusal(400, 'The request body must have fee_transactions.fee_transaction');
  }
  return answerTransactions(call, transactions);
}

/** All or none. */
function answerTransactions(call: Call, transactions: readonly unknown[]): Answer {
  const read = transactions.map((transaction) => readTransaction(call, transaction));
  const result = call.sandbox.district.transaction(() => read.map((transaction) => apply(call, transaction)));
  return elementAnswer({
    name: 'results',
    content: { insert_count: result.length, update_count: 0, delete_count: 0, result },
  });
}

interface FeeTransaction {
  readonly student: number;
  readonly fee: number;
  readonly school: number;
  readonly amount: number;
  readonly type: string;
  readonly method: string | null;
  readonly date: string;
  readonly description: string | null;
}

const TYPES: Readonly<Record<string, 1 | -1>> = { payment: -1, credit: -1, void: 1 };

function readTransaction(call: Call, value: unknown): FeeTransaction {
  const given = (value ?? {}) as Readonly<Record<string, unknown>>;
  const integer = (name: string): number => {
    const number = Number(given[name]);
    if (!Number.isInteger(number) || given[name] === '') throw new Refusal(400, `Invalid number for ${name}`);
    return number;
  };
  const text = (name: string): string | null => (typeof given[name] === 'string' ? given[name] : null);
  const student = integer('student_id');
  const fee = integer('fee_id');
  const amount = Number(given['transaction_amount']);
  if (!Number.isFinite(amount) || amount <= 0) throw new Refusal(400, 'Invalid number for transaction_amount');
  const type = text('transaction_type') ?? 'Payment';
  if (TYPES[type.toLowerCase()] === undefined) throw new Refusal(400, `Invalid transaction_type '${type}'`);
  const date = text('date') ?? call.sandbox.district.schoolYear.today;
  if (!isDate(date)) throw new Refusal(400, `Invalid date '${date}'`);
  const row = call.sandbox.district.get('SELECT schoolid FROM internal.fee WHERE id = ? AND studentsdcid = ?', [
    fee,
    student,
  ]);
  if (row === undefined) throw new Refusal(400, `Student ${student} has no fee ${fee}`);
  return {
    student,
    fee,
    school: given['school_id'] === undefined ? keyOf(row, 'schoolid') : integer('school_id'),
    amount,
    type,
    method: text('payment_method'),
    date,
    description: text('description'),
  };
}

function apply(call: Call, transaction: FeeTransaction): Element {
  const { district } = call.sandbox;
  // Read now: an earlier transaction of the same call may have changed it.
  const before = district.number('SELECT balance FROM internal.fee WHERE id = ?', [transaction.fee]);
  const balance = before + (TYPES[transaction.type.toLowerCase()] ?? -1) * transaction.amount;
  district.run('UPDATE internal.fee SET balance = ?, modified = ? WHERE id = ?', [
    balance,
    district.schoolYear.today,
    transaction.fee,
  ]);
  const id = district.number('SELECT ifnull(max(id), 0) + 1 FROM internal.fee_transaction');
  district.run('INSERT INTO internal.fee_transaction VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)', [
    id,
    transaction.fee,
    transaction.student,
    transaction.school,
    transaction.amount,
    transaction.type,
    transaction.method,
    transaction.date,
    transaction.description,
    before,
    balance,
  ]);
  return { status: 'SUCCESS', action: 'INSERT', success_message: { id } };
}
