-- Why a period can't be judged: it is left alone until the next start, and the others are judged.
ALTER TABLE period_clock ADD COLUMN stuck text;
