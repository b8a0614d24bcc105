-- What a lead said of a column in the report: it stands in its schema, and here so that the report shows it before the next version is made.
alter table portal.personal_finding add column said text;
