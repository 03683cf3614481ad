-- One row per pre-check, written once. Hashes and signatures can be checked again from what
-- is stored: the request is canonical JSON, the answer is hashed in canonical form.
create table pre_check (
  id              varchar(36)  primary key,
  created         timestamp with time zone not null,
  idempotency_key varchar(100) unique,
  as_of           date         not null,
  verdict         varchar(20)  not null,
  region          varchar(6),
  site            geometry,
  pack            varchar(80)  not null,
  layers          text         not null,
  request         text         not null,
  answer          text         not null
);

create index pre_check_created on pre_check (created);
