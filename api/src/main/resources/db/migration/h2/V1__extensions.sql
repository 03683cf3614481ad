-- H2 has geometry columns of its own.
select 1;
