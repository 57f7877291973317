-- Why a notice can't be judged: it is left alone until the next start, and the others are judged.
ALTER TABLE campaign_notice ADD COLUMN stuck text;
