"""first tables"""

import sqlalchemy as sa
from alembic import op

revision = '0001'
down_revision = None


def upgrade():
    op.create_table('admin_units',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('level', sa.String(10), nullable=False),
    sa.Column('code', sa.String(length=10), nullable=False),
    sa.Column('name', sa.String(length=80), nullable=False),
    sa.Column('kind', sa.String(length=20), nullable=False),
    sa.Column('parent_id', sa.Integer(), nullable=True),
    sa.Column('valid_from', sa.Date(), nullable=False),
    sa.Column('valid_to', sa.Date(), nullable=True),
    sa.Column('legal_basis', sa.String(length=200), nullable=False),
    sa.Column('area_km2', sa.Numeric(18, 6).with_variant(sa.String(24), 'sqlite'), nullable=True),
    sa.Column('lat', sa.Numeric(18, 6).with_variant(sa.String(24), 'sqlite'), nullable=True),
    sa.Column('lon', sa.Numeric(18, 6).with_variant(sa.String(24), 'sqlite'), nullable=True),
    sa.Column('hex_column', sa.Integer(), nullable=True),
    sa.Column('hex_row', sa.Integer(), nullable=True),
    sa.Column('search_text', sa.String(length=80), nullable=False),
    sa.Column('sort_key', sa.String(length=300), nullable=False),
    sa.CheckConstraint('valid_to IS NULL OR valid_to > valid_from', name=op.f('ck_admin_units_dates')),
    sa.ForeignKeyConstraint(['parent_id'], ['admin_units.id'], name=op.f('fk_admin_units_parent_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_admin_units')),
    sa.UniqueConstraint('level', 'code', 'valid_from', name=op.f('uq_admin_units_level_code_valid_from'))
    )
    with op.batch_alter_table('admin_units', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_admin_units_parent_id'), ['parent_id'], unique=False)
        batch_op.create_index('ix_admin_units_search_text', ['search_text'], unique=False)

    op.create_table('audit_entries',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('actor_id', sa.Integer(), nullable=True),
    sa.Column('actor', sa.String(length=120), nullable=False),
    sa.Column('verb', sa.String(length=60), nullable=False),
    sa.Column('subject_kind', sa.String(length=40), nullable=False),
    sa.Column('subject_id', sa.String(length=60), nullable=False),
    sa.Column('detail', sa.JSON(), nullable=False),
    sa.Column('previous_hash', sa.String(length=64), nullable=False),
    sa.Column('hash', sa.String(length=64), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_audit_entries')),
    sa.UniqueConstraint('hash', name=op.f('uq_audit_entries_hash'))
    )
    with op.batch_alter_table('audit_entries', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_audit_entries_actor_id'), ['actor_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_audit_entries_at'), ['at'], unique=False)
        batch_op.create_index(batch_op.f('ix_audit_entries_subject_id'), ['subject_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_audit_entries_subject_kind'), ['subject_kind'], unique=False)
        batch_op.create_index(batch_op.f('ix_audit_entries_verb'), ['verb'], unique=False)

    op.create_table('enterprises',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('name', sa.String(length=240), nullable=False),
    sa.Column('search_text', sa.String(length=260), nullable=False),
    sa.Column('tax_code', sa.String(length=14), nullable=True),
    sa.Column('is_demo', sa.Boolean(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_enterprises')),
    sa.UniqueConstraint('tax_code', name=op.f('uq_enterprises_tax_code'))
    )
    with op.batch_alter_table('enterprises', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_enterprises_search_text'), ['search_text'], unique=False)

    op.create_table('number_series',
    sa.Column('series', sa.String(length=20), nullable=False),
    sa.Column('year', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('last', sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint('series', 'year', name=op.f('pk_number_series'))
    )
    op.create_table('sign_in_attempts',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('email', sa.String(length=254), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('succeeded', sa.Boolean(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_sign_in_attempts'))
    )
    with op.batch_alter_table('sign_in_attempts', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_sign_in_attempts_at'), ['at'], unique=False)
        batch_op.create_index(batch_op.f('ix_sign_in_attempts_email'), ['email'], unique=False)

    op.create_table('targets',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('indicator', sa.String(20), nullable=False),
    sa.Column('due', sa.Date(), nullable=False),
    sa.Column('value', sa.Numeric(18, 6).with_variant(sa.String(24), 'sqlite'), nullable=False),
    sa.Column('is_promise', sa.Boolean(), nullable=False),
    sa.Column('legal_basis', sa.String(length=200), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_targets')),
    sa.UniqueConstraint('indicator', 'due', name=op.f('uq_targets_indicator_due'))
    )
    op.create_table('thresholds',
    sa.Column('year', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('share', sa.Numeric(18, 6).with_variant(sa.String(24), 'sqlite'), nullable=False),
    sa.Column('legal_basis', sa.String(length=200), nullable=False),
    sa.PrimaryKeyConstraint('year', name=op.f('pk_thresholds'))
    )
    op.create_table('users',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('email', sa.String(length=254), nullable=False),
    sa.Column('name', sa.String(length=120), nullable=False),
    sa.Column('password_hash', sa.String(length=200), nullable=False),
    sa.Column('language', sa.String(length=2), nullable=False),
    sa.Column('is_active', sa.Boolean(), nullable=False),
    sa.Column('is_demo', sa.Boolean(), nullable=False),
    sa.Column('session_epoch', sa.Integer(), nullable=False),
    sa.Column('must_change_password', sa.Boolean(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('search_text', sa.String(length=400), nullable=False),
    sa.Column('sort_key', sa.String(length=500), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_users')),
    sa.UniqueConstraint('email', name=op.f('uq_users_email'))
    )
    with op.batch_alter_table('users', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_users_sort_key'), ['sort_key'], unique=False)

    op.create_table('admin_unit_changes',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('from_unit_id', sa.Integer(), nullable=False),
    sa.Column('to_unit_id', sa.Integer(), nullable=False),
    sa.Column('effective', sa.Date(), nullable=False),
    sa.Column('kind', sa.String(10), nullable=False),
    sa.Column('is_default', sa.Boolean(), nullable=False),
    sa.Column('legal_basis', sa.String(length=200), nullable=False),
    sa.ForeignKeyConstraint(['from_unit_id'], ['admin_units.id'], name=op.f('fk_admin_unit_changes_from_unit_id')),
    sa.ForeignKeyConstraint(['to_unit_id'], ['admin_units.id'], name=op.f('fk_admin_unit_changes_to_unit_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_admin_unit_changes')),
    sa.UniqueConstraint('from_unit_id', 'to_unit_id', 'effective', name=op.f('uq_admin_unit_changes_from_unit_id_to_unit_id_effective'))
    )
    with op.batch_alter_table('admin_unit_changes', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_admin_unit_changes_from_unit_id'), ['from_unit_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_admin_unit_changes_to_unit_id'), ['to_unit_id'], unique=False)

    op.create_table('admin_unit_memberships',
    sa.Column('territory_id', sa.Integer(), nullable=False),
    sa.Column('commune_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['commune_id'], ['admin_units.id'], name=op.f('fk_admin_unit_memberships_commune_id')),
    sa.ForeignKeyConstraint(['territory_id'], ['admin_units.id'], name=op.f('fk_admin_unit_memberships_territory_id')),
    sa.PrimaryKeyConstraint('territory_id', 'commune_id', name=op.f('pk_admin_unit_memberships'))
    )
    with op.batch_alter_table('admin_unit_memberships', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_admin_unit_memberships_commune_id'), ['commune_id'], unique=False)

    op.create_table('criteria_sets',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('code', sa.String(length=20), nullable=False),
    sa.Column('version', sa.String(length=10), nullable=False),
    sa.Column('name_vi', sa.String(length=200), nullable=False),
    sa.Column('name_en', sa.String(length=200), nullable=False),
    sa.Column('standing_vi', sa.String(length=300), nullable=False),
    sa.Column('standing_en', sa.String(length=300), nullable=False),
    sa.Column('legal_basis', sa.String(length=300), nullable=False),
    sa.Column('accepted_classes', sa.JSON(), nullable=False),
    sa.Column('validity_months', sa.Integer(), nullable=False),
    sa.Column('source_id', sa.Integer(), nullable=True),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('published_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('published_by_id', sa.Integer(), nullable=True),
    sa.Column('retired_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['published_by_id'], ['users.id'], name=op.f('fk_criteria_sets_published_by_id')),
    sa.ForeignKeyConstraint(['source_id'], ['criteria_sets.id'], name=op.f('fk_criteria_sets_source_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_criteria_sets')),
    sa.UniqueConstraint('code', 'version', name=op.f('uq_criteria_sets_code_version'))
    )
    op.create_table('establishments',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('number', sa.String(length=12), nullable=False),
    sa.Column('enterprise_id', sa.Integer(), nullable=False),
    sa.Column('parent_id', sa.Integer(), nullable=True),
    sa.Column('name', sa.String(length=160), nullable=False),
    sa.Column('search_text', sa.String(length=1000), nullable=False),
    sa.Column('sort_key', sa.String(length=640), nullable=False),
    sa.Column('kind', sa.String(24), nullable=False),
    sa.Column('recorded_class', sa.Integer(), nullable=True),
    sa.Column('area_m2', sa.Integer(), nullable=True),
    sa.Column('items', sa.Integer(), nullable=True),
    sa.Column('branch_code', sa.String(length=14), nullable=True),
    sa.Column('opened_on', sa.Date(), nullable=True),
    sa.Column('contact_post', sa.String(length=80), nullable=False),
    sa.Column('contact_phone', sa.String(length=20), nullable=False),
    sa.Column('contact_email', sa.String(length=120), nullable=False),
    sa.Column('note', sa.String(length=500), nullable=False),
    sa.Column('is_demo', sa.Boolean(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('updated_at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint('area_m2 IS NULL OR area_m2 > 0', name=op.f('ck_establishments_area')),
    sa.CheckConstraint('items IS NULL OR items >= 0', name=op.f('ck_establishments_items')),
    sa.CheckConstraint('parent_id IS NULL OR parent_id <> id', name=op.f('ck_establishments_parent')),
    sa.CheckConstraint('recorded_class IS NULL OR recorded_class BETWEEN 1 AND 3', name=op.f('ck_establishments_class')),
    sa.ForeignKeyConstraint(['enterprise_id'], ['enterprises.id'], name=op.f('fk_establishments_enterprise_id')),
    sa.ForeignKeyConstraint(['parent_id'], ['establishments.id'], name=op.f('fk_establishments_parent_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_establishments')),
    sa.UniqueConstraint('number', name=op.f('uq_establishments_number'))
    )
    with op.batch_alter_table('establishments', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_establishments_enterprise_id'), ['enterprise_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_establishments_kind'), ['kind'], unique=False)
        batch_op.create_index(batch_op.f('ix_establishments_parent_id'), ['parent_id'], unique=False)
        batch_op.create_index('ix_establishments_sort_key_id_search_text', ['sort_key', 'id', 'search_text'], unique=False)

    op.create_table('role_grants',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('user_id', sa.Integer(), nullable=False),
    sa.Column('role', sa.String(12), nullable=False),
    sa.Column('territory_id', sa.Integer(), nullable=True),
    sa.Column('granted_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('revoked_at', sa.DateTime(timezone=True), nullable=True),
    sa.CheckConstraint("role IN ('inspector','lead','reviewer','decider','clerk','admin','viewer','store')", name=op.f('ck_role_grants_role')),
    sa.ForeignKeyConstraint(['territory_id'], ['admin_units.id'], name=op.f('fk_role_grants_territory_id')),
    sa.ForeignKeyConstraint(['user_id'], ['users.id'], name=op.f('fk_role_grants_user_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_role_grants'))
    )
    with op.batch_alter_table('role_grants', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_role_grants_user_id'), ['user_id'], unique=False)

    op.create_table('register_imports',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('sha256', sa.String(length=64), nullable=False),
    sa.Column('file_name', sa.String(length=200), nullable=False),
    sa.Column('sheet', sa.String(length=120), nullable=False),
    sa.Column('mapping', sa.JSON(), nullable=False),
    sa.Column('plan_sha256', sa.String(length=64), nullable=False),
    sa.Column('plan_stamp', sa.String(length=200), nullable=False),
    sa.Column('counts', sa.JSON(), nullable=False),
    sa.Column('created_by_id', sa.Integer(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('confirmed_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['created_by_id'], ['users.id'], name=op.f('fk_register_imports_created_by_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_register_imports'))
    )
    with op.batch_alter_table('register_imports', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_register_imports_confirmed_at'), ['confirmed_at'], unique=False)
        batch_op.create_index(batch_op.f('ix_register_imports_created_by_id'), ['created_by_id'], unique=False)

    op.create_table('store_users',
    sa.Column('user_id', sa.Integer(), nullable=False),
    sa.Column('enterprise_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['enterprise_id'], ['enterprises.id'], name=op.f('fk_store_users_enterprise_id')),
    sa.ForeignKeyConstraint(['user_id'], ['users.id'], name=op.f('fk_store_users_user_id')),
    sa.PrimaryKeyConstraint('user_id', 'enterprise_id', name=op.f('pk_store_users'))
    )
    with op.batch_alter_table('store_users', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_store_users_enterprise_id'), ['enterprise_id'], unique=False)

    op.create_table('activities',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(20), nullable=False),
    sa.Column('establishment_id', sa.Integer(), nullable=False),
    sa.Column('held_on', sa.Date(), nullable=False),
    sa.Column('note', sa.String(length=500), nullable=False),
    sa.Column('is_demo', sa.Boolean(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['establishment_id'], ['establishments.id'], name=op.f('fk_activities_establishment_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_activities'))
    )
    with op.batch_alter_table('activities', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_activities_establishment_id'), ['establishment_id'], unique=False)

    op.create_table('criteria_groups',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('criteria_set_id', sa.Integer(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('code', sa.String(length=4), nullable=False),
    sa.Column('title_vi', sa.String(length=200), nullable=False),
    sa.Column('title_en', sa.String(length=200), nullable=False),
    sa.Column('weight', sa.Numeric(18, 6).with_variant(sa.String(24), 'sqlite'), nullable=False),
    sa.ForeignKeyConstraint(['criteria_set_id'], ['criteria_sets.id'], name=op.f('fk_criteria_groups_criteria_set_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_criteria_groups')),
    sa.UniqueConstraint('criteria_set_id', 'code', name=op.f('uq_criteria_groups_criteria_set_id_code'))
    )
    op.create_table('level_rules',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('criteria_set_id', sa.Integer(), nullable=False),
    sa.Column('rank', sa.Integer(), nullable=False),
    sa.Column('name_vi', sa.String(length=60), nullable=False),
    sa.Column('name_en', sa.String(length=60), nullable=False),
    sa.Column('least_total', sa.Numeric(18, 6).with_variant(sa.String(24), 'sqlite'), nullable=False),
    sa.Column('least_group', sa.Numeric(18, 6).with_variant(sa.String(24), 'sqlite'), nullable=False),
    sa.Column('least_by_group', sa.JSON(), nullable=False),
    sa.ForeignKeyConstraint(['criteria_set_id'], ['criteria_sets.id'], name=op.f('fk_level_rules_criteria_set_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_level_rules')),
    sa.UniqueConstraint('criteria_set_id', 'rank', name=op.f('uq_level_rules_criteria_set_id_rank'))
    )
    op.create_table('locations',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('establishment_id', sa.Integer(), nullable=False),
    sa.Column('unit_id', sa.Integer(), nullable=False),
    sa.Column('address', sa.String(length=200), nullable=False),
    sa.Column('lat', sa.Numeric(18, 6).with_variant(sa.String(24), 'sqlite'), nullable=True),
    sa.Column('lon', sa.Numeric(18, 6).with_variant(sa.String(24), 'sqlite'), nullable=True),
    sa.Column('valid_from', sa.Date(), nullable=False),
    sa.Column('valid_to', sa.Date(), nullable=True),
    sa.CheckConstraint('valid_to IS NULL OR valid_to > valid_from', name=op.f('ck_locations_dates')),
    sa.ForeignKeyConstraint(['establishment_id'], ['establishments.id'], name=op.f('fk_locations_establishment_id')),
    sa.ForeignKeyConstraint(['unit_id'], ['admin_units.id'], name=op.f('fk_locations_unit_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_locations')),
    sa.UniqueConstraint('establishment_id', 'valid_from', name=op.f('uq_locations_establishment_id_valid_from'))
    )
    with op.batch_alter_table('locations', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_locations_unit_id'), ['unit_id'], unique=False)

    op.create_table('packaging_categories',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('criteria_set_id', sa.Integer(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('code', sa.String(length=6), nullable=False),
    sa.Column('name_vi', sa.String(length=160), nullable=False),
    sa.Column('name_en', sa.String(length=160), nullable=False),
    sa.Column('unit_vi', sa.String(length=10), nullable=False),
    sa.Column('unit_en', sa.String(length=10), nullable=False),
    sa.Column('grams', sa.Numeric(18, 6).with_variant(sa.String(24), 'sqlite'), nullable=False),
    sa.Column('weighed_on', sa.Date(), nullable=True),
    sa.Column('weighed_by', sa.String(length=120), nullable=False),
    sa.Column('in_ratio', sa.Boolean(), nullable=False),
    sa.Column('sub_share', sa.String(10), nullable=True),
    sa.Column('takes_tally', sa.Boolean(), nullable=False),
    sa.Column('legal_basis', sa.String(length=120), nullable=False),
    sa.CheckConstraint("sub_share IS NULL OR sub_share IN ('checkout','fresh','tableware','boxes')", name=op.f('ck_packaging_categories_sub_share')),
    sa.ForeignKeyConstraint(['criteria_set_id'], ['criteria_sets.id'], name=op.f('fk_packaging_categories_criteria_set_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_packaging_categories')),
    sa.UniqueConstraint('criteria_set_id', 'code', name=op.f('uq_packaging_categories_criteria_set_id_code'))
    )
    op.create_table('status_spans',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('establishment_id', sa.Integer(), nullable=False),
    sa.Column('status', sa.String(10), nullable=False),
    sa.Column('valid_from', sa.Date(), nullable=False),
    sa.Column('valid_to', sa.Date(), nullable=True),
    sa.Column('reason', sa.String(length=300), nullable=False),
    sa.CheckConstraint("status IN ('operating','paused','closed')", name=op.f('ck_status_spans_status')),
    sa.CheckConstraint('valid_to IS NULL OR valid_to > valid_from', name=op.f('ck_status_spans_dates')),
    sa.ForeignKeyConstraint(['establishment_id'], ['establishments.id'], name=op.f('fk_status_spans_establishment_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_status_spans')),
    sa.UniqueConstraint('establishment_id', 'valid_from', name=op.f('uq_status_spans_establishment_id_valid_from'))
    )
    op.create_table('visits',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('establishment_id', sa.Integer(), nullable=False),
    sa.Column('criteria_set_id', sa.Integer(), nullable=False),
    sa.Column('nature', sa.String(14), nullable=False),
    sa.Column('planned_on', sa.Date(), nullable=False),
    sa.Column('plan_number', sa.String(length=40), nullable=False),
    sa.Column('cancelled_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('is_demo', sa.Boolean(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint("nature IN ('planned','certification','surveillance','complaint')", name=op.f('ck_visits_nature')),
    sa.ForeignKeyConstraint(['criteria_set_id'], ['criteria_sets.id'], name=op.f('fk_visits_criteria_set_id')),
    sa.ForeignKeyConstraint(['establishment_id'], ['establishments.id'], name=op.f('fk_visits_establishment_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_visits'))
    )
    with op.batch_alter_table('visits', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_visits_establishment_id'), ['establishment_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_visits_planned_on'), ['planned_on'], unique=False)

    op.create_table('activity_people',
    sa.Column('activity_id', sa.Integer(), nullable=False),
    sa.Column('user_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['activity_id'], ['activities.id'], name=op.f('fk_activity_people_activity_id')),
    sa.ForeignKeyConstraint(['user_id'], ['users.id'], name=op.f('fk_activity_people_user_id')),
    sa.PrimaryKeyConstraint('activity_id', 'user_id', name=op.f('pk_activity_people'))
    )
    with op.batch_alter_table('activity_people', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_activity_people_user_id'), ['user_id'], unique=False)

    op.create_table('criteria',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('group_id', sa.Integer(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('code', sa.String(length=6), nullable=False),
    sa.Column('title_vi', sa.String(length=300), nullable=False),
    sa.Column('title_en', sa.String(length=300), nullable=False),
    sa.Column('type', sa.String(10), nullable=False),
    sa.Column('is_must', sa.Boolean(), nullable=False),
    sa.Column('weight', sa.Numeric(18, 6).with_variant(sa.String(24), 'sqlite'), nullable=False),
    sa.Column('applies_to', sa.String(4), nullable=False),
    sa.Column('lo', sa.Numeric(18, 6).with_variant(sa.String(24), 'sqlite'), nullable=True),
    sa.Column('hi', sa.Numeric(18, 6).with_variant(sa.String(24), 'sqlite'), nullable=True),
    sa.Column('bands', sa.JSON(), nullable=True),
    sa.Column('anchors_vi', sa.JSON(), nullable=True),
    sa.Column('anchors_en', sa.JSON(), nullable=True),
    sa.Column('measure', sa.String(10), nullable=True),
    sa.Column('instrument', sa.String(10), nullable=True),
    sa.Column('na_allowed', sa.Boolean(), nullable=False),
    sa.Column('na_hint_vi', sa.String(length=200), nullable=False),
    sa.Column('na_hint_en', sa.String(length=200), nullable=False),
    sa.Column('evidence_vi', sa.String(length=300), nullable=False),
    sa.Column('evidence_en', sa.String(length=300), nullable=False),
    sa.Column('evidence_kinds', sa.JSON(), nullable=False),
    sa.Column('counts_for_coverage', sa.Boolean(), nullable=False),
    sa.Column('basis', sa.String(length=200), nullable=False),
    sa.CheckConstraint("applies_to IN ('ALL','ST','TTTM')", name=op.f('ck_criteria_applies_to')),
    sa.CheckConstraint("type IN ('bool','scale4','percent','count','computed')", name=op.f('ck_criteria_type')),
    sa.ForeignKeyConstraint(['group_id'], ['criteria_groups.id'], name=op.f('fk_criteria_group_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_criteria')),
    sa.UniqueConstraint('group_id', 'code', name=op.f('uq_criteria_group_id_code'))
    )
    op.create_table('surveys',
    sa.Column('id', sa.String(length=36), nullable=False),
    sa.Column('visit_id', sa.Integer(), nullable=False),
    sa.Column('establishment_id', sa.Integer(), nullable=False),
    sa.Column('criteria_set_id', sa.Integer(), nullable=False),
    sa.Column('author_id', sa.Integer(), nullable=False),
    sa.Column('replaces_id', sa.String(length=36), nullable=True),
    sa.Column('establishment_name', sa.String(length=160), nullable=False),
    sa.Column('kind', sa.String(24), nullable=False),
    sa.Column('unit_id', sa.Integer(), nullable=False),
    sa.Column('address', sa.String(length=300), nullable=False),
    sa.Column('observed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('updated_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('revision', sa.Integer(), nullable=False),
    sa.Column('submitted_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('period_from', sa.Date(), nullable=True),
    sa.Column('period_to', sa.Date(), nullable=True),
    sa.Column('count_method', sa.String(8), nullable=True),
    sa.Column('counted_by', sa.String(length=120), nullable=False),
    sa.Column('receipts', sa.Integer(), nullable=True),
    sa.Column('floor_area_m2', sa.Integer(), nullable=True),
    sa.Column('tally_plastic', sa.Integer(), nullable=True),
    sa.Column('tally_eco', sa.Integer(), nullable=True),
    sa.Column('tally_own', sa.Integer(), nullable=True),
    sa.Column('tally_none', sa.Integer(), nullable=True),
    sa.Column('remarks', sa.Text(), nullable=False),
    sa.Column('store_remarks', sa.Text(), nullable=False),
    sa.Column('score', sa.JSON(), nullable=True),
    sa.Column('total', sa.Numeric(18, 6).with_variant(sa.String(24), 'sqlite'), nullable=True),
    sa.Column('level_rank', sa.Integer(), nullable=True),
    sa.Column('replaced_grams', sa.Numeric(18, 6).with_variant(sa.String(24), 'sqlite'), nullable=True),
    sa.Column('used_grams', sa.Numeric(18, 6).with_variant(sa.String(24), 'sqlite'), nullable=True),
    sa.Column('coverage_conditions_met', sa.Boolean(), nullable=True),
    sa.Column('is_demo', sa.Boolean(), nullable=False),
    sa.CheckConstraint('(submitted_at IS NULL) = (score IS NULL)', name=op.f('ck_surveys_scored_when_submitted')),
    sa.CheckConstraint('period_to IS NULL OR period_from IS NULL OR period_to >= period_from', name=op.f('ck_surveys_period')),
    sa.ForeignKeyConstraint(['author_id'], ['users.id'], name=op.f('fk_surveys_author_id')),
    sa.ForeignKeyConstraint(['criteria_set_id'], ['criteria_sets.id'], name=op.f('fk_surveys_criteria_set_id')),
    sa.ForeignKeyConstraint(['establishment_id'], ['establishments.id'], name=op.f('fk_surveys_establishment_id')),
    sa.ForeignKeyConstraint(['replaces_id'], ['surveys.id'], name=op.f('fk_surveys_replaces_id')),
    sa.ForeignKeyConstraint(['unit_id'], ['admin_units.id'], name=op.f('fk_surveys_unit_id')),
    sa.ForeignKeyConstraint(['visit_id'], ['visits.id'], name=op.f('fk_surveys_visit_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_surveys'))
    )
    with op.batch_alter_table('surveys', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_surveys_author_id'), ['author_id'], unique=False)
        batch_op.create_index('ix_surveys_establishment_id_period_to', ['establishment_id', 'period_to'], unique=False)
        batch_op.create_index(batch_op.f('ix_surveys_submitted_at'), ['submitted_at'], unique=False)
        batch_op.create_index(batch_op.f('ix_surveys_visit_id'), ['visit_id'], unique=False)

    op.create_table('visit_members',
    sa.Column('visit_id', sa.Integer(), nullable=False),
    sa.Column('user_id', sa.Integer(), nullable=False),
    sa.Column('is_lead', sa.Boolean(), nullable=False),
    sa.ForeignKeyConstraint(['user_id'], ['users.id'], name=op.f('fk_visit_members_user_id')),
    sa.ForeignKeyConstraint(['visit_id'], ['visits.id'], name=op.f('fk_visit_members_visit_id')),
    sa.PrimaryKeyConstraint('visit_id', 'user_id', name=op.f('pk_visit_members'))
    )
    with op.batch_alter_table('visit_members', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_visit_members_user_id'), ['user_id'], unique=False)

    op.create_table('answers',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('survey_id', sa.String(length=36), nullable=False),
    sa.Column('criterion_id', sa.Integer(), nullable=False),
    sa.Column('yes', sa.Boolean(), nullable=True),
    sa.Column('step', sa.Integer(), nullable=True),
    sa.Column('numerator', sa.Numeric(18, 6).with_variant(sa.String(24), 'sqlite'), nullable=True),
    sa.Column('denominator', sa.Numeric(18, 6).with_variant(sa.String(24), 'sqlite'), nullable=True),
    sa.Column('number', sa.Integer(), nullable=True),
    sa.Column('not_applicable', sa.Boolean(), nullable=False),
    sa.Column('na_reason', sa.String(length=300), nullable=False),
    sa.Column('note', sa.Text(), nullable=False),
    sa.CheckConstraint('number IS NULL OR number >= 0', name=op.f('ck_answers_number')),
    sa.CheckConstraint('step IS NULL OR step BETWEEN 0 AND 4', name=op.f('ck_answers_step')),
    sa.ForeignKeyConstraint(['criterion_id'], ['criteria.id'], name=op.f('fk_answers_criterion_id')),
    sa.ForeignKeyConstraint(['survey_id'], ['surveys.id'], name=op.f('fk_answers_survey_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_answers')),
    sa.UniqueConstraint('survey_id', 'criterion_id', name=op.f('uq_answers_survey_id_criterion_id'))
    )
    op.create_table('issuers',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('valid_from', sa.Date(), nullable=False),
    sa.Column('superior_body', sa.String(length=120), nullable=False),
    sa.Column('issuing_body', sa.String(length=120), nullable=False),
    sa.Column('place', sa.String(length=60), nullable=False),
    sa.Column('certifier_vi', sa.String(length=160), nullable=False),
    sa.Column('certifier_en', sa.String(length=160), nullable=False),
    sa.Column('legal_basis', sa.JSON(), nullable=False),
    sa.Column('signing_authority', sa.JSON(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('created_by_id', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['created_by_id'], ['users.id'], name=op.f('fk_issuers_created_by_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_issuers'))
    )
    with op.batch_alter_table('issuers', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_issuers_valid_from'), ['valid_from'], unique=False)

    op.create_table('applications',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('year', sa.Integer(), nullable=False),
    sa.Column('sequence', sa.Integer(), nullable=False),
    sa.Column('establishment_id', sa.Integer(), nullable=False),
    sa.Column('received_on', sa.Date(), nullable=False),
    sa.Column('requested_level', sa.Integer(), nullable=True),
    sa.Column('scope_vi', sa.String(length=300), nullable=False),
    sa.Column('scope_en', sa.String(length=300), nullable=False),
    sa.Column('note', sa.String(length=500), nullable=False),
    sa.Column('survey_id', sa.String(length=36), nullable=True),
    sa.Column('is_demo', sa.Boolean(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('created_by_id', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['created_by_id'], ['users.id'], name=op.f('fk_applications_created_by_id')),
    sa.ForeignKeyConstraint(['establishment_id'], ['establishments.id'], name=op.f('fk_applications_establishment_id')),
    sa.ForeignKeyConstraint(['survey_id'], ['surveys.id'], name=op.f('fk_applications_survey_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_applications')),
    sa.UniqueConstraint('year', 'sequence', name=op.f('uq_applications_year_sequence'))
    )
    with op.batch_alter_table('applications', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_applications_establishment_id'), ['establishment_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_applications_survey_id'), ['survey_id'], unique=False)

    op.create_table('bag_samples',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('survey_id', sa.String(length=36), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('label', sa.String(length=120), nullable=False),
    sa.Column('width_cm', sa.Numeric(18, 6).with_variant(sa.String(24), 'sqlite'), nullable=True),
    sa.Column('height_cm', sa.Numeric(18, 6).with_variant(sa.String(24), 'sqlite'), nullable=True),
    sa.Column('readings_um', sa.JSON(), nullable=False),
    sa.Column('hard_to_degrade', sa.Boolean(), nullable=True),
    sa.Column('prepack', sa.Boolean(), nullable=True),
    sa.ForeignKeyConstraint(['survey_id'], ['surveys.id'], name=op.f('fk_bag_samples_survey_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_bag_samples')),
    sa.UniqueConstraint('survey_id', 'position', name=op.f('uq_bag_samples_survey_id_position'))
    )
    op.create_table('evidence',
    sa.Column('id', sa.String(length=36), nullable=False),
    sa.Column('survey_id', sa.String(length=36), nullable=False),
    sa.Column('criterion_id', sa.Integer(), nullable=True),
    sa.Column('category_id', sa.Integer(), nullable=True),
    sa.Column('kind', sa.String(8), nullable=False),
    sa.Column('caption', sa.String(length=200), nullable=False),
    sa.Column('sha256', sa.String(length=64), nullable=False),
    sa.Column('received_sha256', sa.String(length=64), nullable=False),
    sa.Column('media_type', sa.String(length=40), nullable=False),
    sa.Column('size', sa.Integer(), nullable=False),
    sa.Column('width', sa.Integer(), nullable=True),
    sa.Column('height', sa.Integer(), nullable=True),
    sa.Column('taken_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('lat', sa.Numeric(18, 6).with_variant(sa.String(24), 'sqlite'), nullable=True),
    sa.Column('lon', sa.Numeric(18, 6).with_variant(sa.String(24), 'sqlite'), nullable=True),
    sa.Column('accuracy_m', sa.Numeric(18, 6).with_variant(sa.String(24), 'sqlite'), nullable=True),
    sa.Column('received_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('received_from_id', sa.Integer(), nullable=False),
    sa.Column('removed_at', sa.DateTime(timezone=True), nullable=True),
    sa.CheckConstraint("kind IN ('photo','document')", name=op.f('ck_evidence_kind')),
    sa.ForeignKeyConstraint(['category_id'], ['packaging_categories.id'], name=op.f('fk_evidence_category_id')),
    sa.ForeignKeyConstraint(['criterion_id'], ['criteria.id'], name=op.f('fk_evidence_criterion_id')),
    sa.ForeignKeyConstraint(['received_from_id'], ['users.id'], name=op.f('fk_evidence_received_from_id')),
    sa.ForeignKeyConstraint(['survey_id'], ['surveys.id'], name=op.f('fk_evidence_survey_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_evidence'))
    )
    with op.batch_alter_table('evidence', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_evidence_sha256'), ['sha256'], unique=False)
        batch_op.create_index(batch_op.f('ix_evidence_survey_id'), ['survey_id'], unique=False)

    op.create_table('packaging_lines',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('survey_id', sa.String(length=36), nullable=False),
    sa.Column('category_id', sa.Integer(), nullable=False),
    sa.Column('material_class', sa.String(2), nullable=False),
    sa.Column('opening', sa.Numeric(18, 6).with_variant(sa.String(24), 'sqlite'), nullable=False),
    sa.Column('purchased', sa.Numeric(18, 6).with_variant(sa.String(24), 'sqlite'), nullable=False),
    sa.Column('closing', sa.Numeric(18, 6).with_variant(sa.String(24), 'sqlite'), nullable=False),
    sa.Column('returned', sa.Numeric(18, 6).with_variant(sa.String(24), 'sqlite'), nullable=False),
    sa.Column('proof_number', sa.String(length=60), nullable=False),
    sa.Column('proof_holder', sa.String(length=160), nullable=False),
    sa.Column('proof_expires_on', sa.Date(), nullable=True),
    sa.Column('has_statement', sa.Boolean(), nullable=False),
    sa.Column('note', sa.String(length=300), nullable=False),
    sa.ForeignKeyConstraint(['category_id'], ['packaging_categories.id'], name=op.f('fk_packaging_lines_category_id')),
    sa.ForeignKeyConstraint(['survey_id'], ['surveys.id'], name=op.f('fk_packaging_lines_survey_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_packaging_lines')),
    sa.UniqueConstraint('survey_id', 'category_id', 'material_class', name=op.f('uq_packaging_lines_survey_id_category_id_material_class'))
    )
    op.create_table('reviews',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('survey_id', sa.String(length=36), nullable=False),
    sa.Column('outcome', sa.String(8), nullable=False),
    sa.Column('reasons', sa.Text(), nullable=False),
    sa.Column('na_confirmed', sa.Boolean(), nullable=False),
    sa.Column('reviewer_id', sa.Integer(), nullable=False),
    sa.Column('reviewed_at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint("outcome IN ('approved','returned')", name=op.f('ck_reviews_outcome')),
    sa.ForeignKeyConstraint(['reviewer_id'], ['users.id'], name=op.f('fk_reviews_reviewer_id')),
    sa.ForeignKeyConstraint(['survey_id'], ['surveys.id'], name=op.f('fk_reviews_survey_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_reviews'))
    )
    with op.batch_alter_table('reviews', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_reviews_reviewed_at'), ['reviewed_at'], unique=False)
        batch_op.create_index(batch_op.f('ix_reviews_survey_id'), ['survey_id'], unique=False)

    op.create_table('signatures',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('survey_id', sa.String(length=36), nullable=False),
    sa.Column('side', sa.String(5), nullable=False),
    sa.Column('title', sa.String(length=120), nullable=False),
    sa.Column('strokes', sa.JSON(), nullable=False),
    sa.Column('signed_at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint("side IN ('team','store')", name=op.f('ck_signatures_side')),
    sa.ForeignKeyConstraint(['survey_id'], ['surveys.id'], name=op.f('fk_signatures_survey_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_signatures')),
    sa.UniqueConstraint('survey_id', 'side', name=op.f('uq_signatures_survey_id_side'))
    )
    op.create_table('decisions',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('application_id', sa.Integer(), nullable=False),
    sa.Column('survey_id', sa.String(length=36), nullable=False),
    sa.Column('year', sa.Integer(), nullable=False),
    sa.Column('sequence', sa.Integer(), nullable=False),
    sa.Column('outcome', sa.String(8), nullable=False),
    sa.Column('level_rank', sa.Integer(), nullable=True),
    sa.Column('reasons', sa.Text(), nullable=False),
    sa.Column('decider_id', sa.Integer(), nullable=False),
    sa.Column('decided_on', sa.Date(), nullable=False),
    sa.Column('decided_at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint("(outcome = 'granted') = (level_rank IS NOT NULL)", name=op.f('ck_decisions_level_when_granted')),
    sa.CheckConstraint("outcome = 'granted' OR length(reasons) > 0", name=op.f('ck_decisions_reasons_when_refused')),
    sa.CheckConstraint("outcome IN ('granted','refused')", name=op.f('ck_decisions_outcome')),
    sa.ForeignKeyConstraint(['application_id'], ['applications.id'], name=op.f('fk_decisions_application_id')),
    sa.ForeignKeyConstraint(['decider_id'], ['users.id'], name=op.f('fk_decisions_decider_id')),
    sa.ForeignKeyConstraint(['survey_id'], ['surveys.id'], name=op.f('fk_decisions_survey_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_decisions')),
    sa.UniqueConstraint('application_id', name=op.f('uq_decisions_application_id')),
    sa.UniqueConstraint('year', 'sequence', name=op.f('uq_decisions_year_sequence'))
    )
    op.create_table('certificates',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('decision_id', sa.Integer(), nullable=False),
    sa.Column('establishment_id', sa.Integer(), nullable=False),
    sa.Column('criteria_set_id', sa.Integer(), nullable=False),
    sa.Column('year', sa.Integer(), nullable=False),
    sa.Column('sequence', sa.Integer(), nullable=False),
    sa.Column('code', sa.String(length=16), nullable=False),
    sa.Column('level_rank', sa.Integer(), nullable=False),
    sa.Column('valid_from', sa.Date(), nullable=False),
    sa.Column('valid_until', sa.Date(), nullable=False),
    sa.Column('facts', sa.JSON(), nullable=False),
    sa.Column('pdf_sha256', sa.String(length=64), nullable=False),
    sa.Column('png_sha256', sa.String(length=64), nullable=False),
    sa.Column('is_demo', sa.Boolean(), nullable=False),
    sa.Column('issued_at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint('valid_until > valid_from', name=op.f('ck_certificates_validity')),
    sa.ForeignKeyConstraint(['criteria_set_id'], ['criteria_sets.id'], name=op.f('fk_certificates_criteria_set_id')),
    sa.ForeignKeyConstraint(['decision_id'], ['decisions.id'], name=op.f('fk_certificates_decision_id')),
    sa.ForeignKeyConstraint(['establishment_id'], ['establishments.id'], name=op.f('fk_certificates_establishment_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_certificates')),
    sa.UniqueConstraint('code', name=op.f('uq_certificates_code')),
    sa.UniqueConstraint('decision_id', name=op.f('uq_certificates_decision_id')),
    sa.UniqueConstraint('year', 'sequence', name=op.f('uq_certificates_year_sequence'))
    )
    with op.batch_alter_table('certificates', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_certificates_establishment_id'), ['establishment_id'], unique=False)

    op.create_table('certificate_events',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('certificate_id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(10), nullable=False),
    sa.Column('effective_on', sa.Date(), nullable=False),
    sa.Column('reasons', sa.Text(), nullable=False),
    sa.Column('successor_id', sa.Integer(), nullable=True),
    sa.Column('decider_id', sa.Integer(), nullable=False),
    sa.Column('decided_at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint("kind IN ('suspended','reinstated','withdrawn','terminated','superseded')", name=op.f('ck_certificate_events_kind')),
    sa.ForeignKeyConstraint(['certificate_id'], ['certificates.id'], name=op.f('fk_certificate_events_certificate_id')),
    sa.ForeignKeyConstraint(['decider_id'], ['users.id'], name=op.f('fk_certificate_events_decider_id')),
    sa.ForeignKeyConstraint(['successor_id'], ['certificates.id'], name=op.f('fk_certificate_events_successor_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_certificate_events'))
    )
    with op.batch_alter_table('certificate_events', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_certificate_events_certificate_id'), ['certificate_id'], unique=False)



def downgrade():
    with op.batch_alter_table('certificate_events', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_certificate_events_certificate_id'))

    op.drop_table('certificate_events')
    with op.batch_alter_table('certificates', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_certificates_establishment_id'))

    op.drop_table('certificates')
    op.drop_table('decisions')
    op.drop_table('signatures')
    with op.batch_alter_table('reviews', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_reviews_survey_id'))
        batch_op.drop_index(batch_op.f('ix_reviews_reviewed_at'))

    op.drop_table('reviews')
    op.drop_table('packaging_lines')
    with op.batch_alter_table('evidence', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_evidence_survey_id'))
        batch_op.drop_index(batch_op.f('ix_evidence_sha256'))

    op.drop_table('evidence')
    op.drop_table('bag_samples')
    with op.batch_alter_table('applications', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_applications_survey_id'))
        batch_op.drop_index(batch_op.f('ix_applications_establishment_id'))

    op.drop_table('applications')
    with op.batch_alter_table('issuers', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_issuers_valid_from'))

    op.drop_table('issuers')
    op.drop_table('answers')
    with op.batch_alter_table('visit_members', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_visit_members_user_id'))

    op.drop_table('visit_members')
    with op.batch_alter_table('surveys', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_surveys_visit_id'))
        batch_op.drop_index(batch_op.f('ix_surveys_submitted_at'))
        batch_op.drop_index('ix_surveys_establishment_id_period_to')
        batch_op.drop_index(batch_op.f('ix_surveys_author_id'))

    op.drop_table('surveys')
    op.drop_table('criteria')
    with op.batch_alter_table('activity_people', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_activity_people_user_id'))

    op.drop_table('activity_people')
    with op.batch_alter_table('visits', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_visits_planned_on'))
        batch_op.drop_index(batch_op.f('ix_visits_establishment_id'))

    op.drop_table('visits')
    op.drop_table('status_spans')
    op.drop_table('packaging_categories')
    with op.batch_alter_table('locations', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_locations_unit_id'))

    op.drop_table('locations')
    op.drop_table('level_rules')
    op.drop_table('criteria_groups')
    with op.batch_alter_table('activities', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_activities_establishment_id'))

    op.drop_table('activities')
    with op.batch_alter_table('register_imports', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_register_imports_created_by_id'))
        batch_op.drop_index(batch_op.f('ix_register_imports_confirmed_at'))

    op.drop_table('register_imports')
    with op.batch_alter_table('store_users', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_store_users_enterprise_id'))

    op.drop_table('store_users')
    with op.batch_alter_table('role_grants', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_role_grants_user_id'))

    op.drop_table('role_grants')
    with op.batch_alter_table('establishments', schema=None) as batch_op:
        batch_op.drop_index('ix_establishments_sort_key_id_search_text')
        batch_op.drop_index(batch_op.f('ix_establishments_parent_id'))
        batch_op.drop_index(batch_op.f('ix_establishments_kind'))
        batch_op.drop_index(batch_op.f('ix_establishments_enterprise_id'))

    op.drop_table('establishments')
    op.drop_table('criteria_sets')
    with op.batch_alter_table('admin_unit_memberships', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_admin_unit_memberships_commune_id'))

    op.drop_table('admin_unit_memberships')
    with op.batch_alter_table('admin_unit_changes', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_admin_unit_changes_to_unit_id'))
        batch_op.drop_index(batch_op.f('ix_admin_unit_changes_from_unit_id'))

    op.drop_table('admin_unit_changes')
    with op.batch_alter_table('users', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_users_sort_key'))

    op.drop_table('users')
    op.drop_table('thresholds')
    op.drop_table('targets')
    with op.batch_alter_table('sign_in_attempts', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_sign_in_attempts_email'))
        batch_op.drop_index(batch_op.f('ix_sign_in_attempts_at'))

    op.drop_table('sign_in_attempts')
    op.drop_table('number_series')
    with op.batch_alter_table('enterprises', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_enterprises_search_text'))

    op.drop_table('enterprises')
    with op.batch_alter_table('audit_entries', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_audit_entries_verb'))
        batch_op.drop_index(batch_op.f('ix_audit_entries_subject_kind'))
        batch_op.drop_index(batch_op.f('ix_audit_entries_subject_id'))
        batch_op.drop_index(batch_op.f('ix_audit_entries_at'))
        batch_op.drop_index(batch_op.f('ix_audit_entries_actor_id'))

    op.drop_table('audit_entries')
    with op.batch_alter_table('admin_units', schema=None) as batch_op:
        batch_op.drop_index('ix_admin_units_search_text')
        batch_op.drop_index(batch_op.f('ix_admin_units_parent_id'))

    op.drop_table('admin_units')
