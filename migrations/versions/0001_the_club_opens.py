"""The club opens"""

import sqlalchemy as sa
from alembic import op

from club.search.schema import create_index, drop_index


revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade():
    op.create_table(
        "article",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "case",
                "tool",
                "article",
                name="articlekind",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("slug", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("title_en", sa.String(), nullable=False),
        sa.Column("summary", sa.String(), nullable=False),
        sa.Column("summary_en", sa.String(), nullable=False),
        sa.Column("body", sa.String(), nullable=False),
        sa.Column("body_html", sa.String(), nullable=False),
        sa.Column("reading_minutes", sa.Integer(), nullable=False),
        sa.Column("checked_on", sa.Date(), nullable=False),
        sa.Column("sources", sa.JSON(), nullable=False),
        sa.Column("content_path", sa.String(), nullable=True),
        sa.Column("content_hash", sa.String(), nullable=True),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("modified_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("retired_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "published_at <= modified_at", name=op.f("ck_article_published_before_modified")
        ),
        sa.CheckConstraint("revision >= 1", name=op.f("ck_article_revision_counts")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_article")),
        sa.UniqueConstraint("content_path", name=op.f("uq_article_content_path")),
        sa.UniqueConstraint("slug", name=op.f("uq_article_slug")),
    )
    with op.batch_alter_table("article", schema=None) as batch_op:
        batch_op.create_index("ix_article_kind", ["kind", "retired_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_article_modified_at"), ["modified_at"], unique=False)

    op.create_table(
        "certification_scheme",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("name_en", sa.String(), nullable=False),
        sa.Column("standard", sa.String(), nullable=True),
        sa.Column("bodies", sa.JSON(), nullable=False),
        sa.Column("levels", sa.JSON(), nullable=False),
        sa.Column("counts_for_plan", sa.Boolean(), nullable=False),
        sa.Column("look_alike", sa.JSON(), nullable=False),
        sa.Column("note", sa.String(), nullable=True),
        sa.Column("note_en", sa.String(), nullable=True),
        sa.Column("source", sa.String(), nullable=True),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_certification_scheme")),
        sa.UniqueConstraint("key", name=op.f("uq_certification_scheme_key")),
    )
    op.create_table(
        "demo_load",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("loaded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("seed", sa.Integer(), nullable=False),
        sa.Column("people", sa.Integer(), nullable=False),
        sa.Column("runs", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_demo_load")),
    )
    op.create_table(
        "indicator",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("name_en", sa.String(), nullable=False),
        sa.Column("unit", sa.String(), nullable=True),
        sa.Column("unit_en", sa.String(), nullable=True),
        sa.Column("definition", sa.String(), nullable=True),
        sa.Column("definition_en", sa.String(), nullable=True),
        sa.Column(
            "counted_from",
            sa.Enum(
                "club",
                "pilots",
                "experts",
                name="countedfrom",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=True,
        ),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_indicator")),
        sa.UniqueConstraint("key", name=op.f("uq_indicator_key")),
    )
    op.create_table(
        "kept_input",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("token_hash", sa.String(), nullable=False),
        sa.Column("page", sa.String(), nullable=False),
        sa.Column("fields", sa.JSON(), nullable=False),
        sa.Column("kept_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_kept_input")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_kept_input_token_hash")),
    )
    with op.batch_alter_table("kept_input", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_kept_input_kept_at"), ["kept_at"], unique=False)

    op.create_table(
        "number_series",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("series", sa.String(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_number_series")),
        sa.UniqueConstraint("series", "year", name=op.f("uq_number_series_series_year")),
    )
    op.create_table(
        "remembered",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("value", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_remembered")),
    )
    op.create_table(
        "role",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("description", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_role")),
        sa.UniqueConstraint("name", name=op.f("uq_role_name")),
    )
    op.create_table(
        "search_document",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "course",
                "case",
                "tool",
                "article",
                "expert",
                name="foundkind",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("ref", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("scope", sa.String(), nullable=False),
        sa.Column("url", sa.String(), nullable=False),
        sa.Column("boost", sa.Double(), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("folded_title", sa.String(), nullable=False),
        sa.Column("body", sa.String(), nullable=False),
        sa.Column("folded_body", sa.String(), nullable=False),
        sa.CheckConstraint(
            "language IN ('vi', 'en')", name=op.f("ck_search_document_language_known")
        ),
        sa.CheckConstraint("boost > 0", name=op.f("ck_search_document_boost_positive")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_search_document")),
        sa.UniqueConstraint("ref", "language", name=op.f("uq_search_document_ref_language")),
    )
    op.create_table(
        "tool",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("name_en", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tool")),
        sa.UniqueConstraint("key", name=op.f("uq_tool_key")),
    )
    op.create_table(
        "topic",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("name_en", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_topic")),
        sa.UniqueConstraint("key", name=op.f("uq_topic_key")),
    )
    op.create_table(
        "unit",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("official_code", sa.String(), nullable=True),
        sa.Column(
            "kind",
            sa.Enum(
                "ward",
                "commune",
                "city_committee",
                "department",
                "station",
                "association",
                "other",
                name="unitkind",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("name_en", sa.String(), nullable=True),
        sa.Column("valid_from", sa.Date(), nullable=True),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("source", sa.String(), nullable=True),
        sa.Column("note", sa.String(), nullable=True),
        sa.Column("note_en", sa.String(), nullable=True),
        sa.CheckConstraint(
            "valid_to IS NULL OR valid_from IS NULL OR valid_from <= valid_to",
            name=op.f("ck_unit_from_before_to"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_unit")),
        sa.UniqueConstraint("key", name=op.f("uq_unit_key")),
    )
    op.create_table(
        "article_course",
        sa.Column("article_id", sa.Integer(), nullable=False),
        sa.Column("course_code", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["article_id"], ["article.id"], name=op.f("fk_article_course_article_id")
        ),
        sa.PrimaryKeyConstraint("article_id", "course_code", name=op.f("pk_article_course")),
        sa.UniqueConstraint(
            "article_id", "position", name=op.f("uq_article_course_article_id_position")
        ),
    )
    with op.batch_alter_table("article_course", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_article_course_course_code"), ["course_code"], unique=False
        )

    op.create_table(
        "article_tool",
        sa.Column("article_id", sa.Integer(), nullable=False),
        sa.Column("tool_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["article_id"], ["article.id"], name=op.f("fk_article_tool_article_id")
        ),
        sa.ForeignKeyConstraint(["tool_id"], ["tool.id"], name=op.f("fk_article_tool_tool_id")),
        sa.PrimaryKeyConstraint("article_id", "tool_id", name=op.f("pk_article_tool")),
        sa.UniqueConstraint(
            "article_id", "position", name=op.f("uq_article_tool_article_id_position")
        ),
    )
    with op.batch_alter_table("article_tool", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_article_tool_tool_id"), ["tool_id"], unique=False)

    op.create_table(
        "article_topic",
        sa.Column("article_id", sa.Integer(), nullable=False),
        sa.Column("topic_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["article_id"], ["article.id"], name=op.f("fk_article_topic_article_id")
        ),
        sa.ForeignKeyConstraint(["topic_id"], ["topic.id"], name=op.f("fk_article_topic_topic_id")),
        sa.PrimaryKeyConstraint("article_id", "topic_id", name=op.f("pk_article_topic")),
    )
    with op.batch_alter_table("article_topic", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_article_topic_topic_id"), ["topic_id"], unique=False)

    op.create_table(
        "case_study",
        sa.Column("article_id", sa.Integer(), nullable=False),
        sa.Column("organisation", sa.String(), nullable=False),
        sa.Column("name_unconfirmed", sa.Boolean(), nullable=False),
        sa.Column("country", sa.String(), nullable=False),
        sa.Column("place", sa.String(), nullable=True),
        sa.Column("sector", sa.String(), nullable=False),
        sa.Column("size", sa.String(), nullable=True),
        sa.Column("size_en", sa.String(), nullable=True),
        sa.Column("year", sa.String(), nullable=True),
        sa.Column("programme", sa.String(), nullable=True),
        sa.Column("programme_en", sa.String(), nullable=True),
        sa.Column("problem", sa.String(), nullable=True),
        sa.Column("problem_en", sa.String(), nullable=True),
        sa.Column(
            "result_kind",
            sa.Enum(
                "measured_before_after",
                "randomised_trial",
                "measured_after_only",
                "reported_change",
                "company_statement",
                "study_result",
                "third_party_account",
                name="resultkind",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column(
            "strength",
            sa.Enum(
                "A", "B", name="strength", native_enum=False, create_constraint=True, length=32
            ),
            nullable=False,
        ),
        sa.Column(
            "figure_shape",
            sa.Enum(
                "before_and_after",
                "change_only",
                "after_only",
                name="figureshape",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("exact_pairs", sa.Integer(), nullable=False),
        sa.Column("how_measured", sa.String(), nullable=True),
        sa.Column("how_measured_en", sa.String(), nullable=True),
        sa.Column("unknown", sa.JSON(), nullable=False),
        sa.Column("unknown_en", sa.JSON(), nullable=False),
        sa.CheckConstraint("length(country) = 2", name=op.f("ck_case_study_country_code")),
        sa.ForeignKeyConstraint(
            ["article_id"], ["article.id"], name=op.f("fk_case_study_article_id")
        ),
        sa.PrimaryKeyConstraint("article_id", name=op.f("pk_case_study")),
    )
    with op.batch_alter_table("case_study", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_case_study_sector"), ["sector"], unique=False)

    op.create_table(
        "course",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("slug", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("title_en", sa.String(), nullable=False),
        sa.Column("summary", sa.String(), nullable=True),
        sa.Column("summary_en", sa.String(), nullable=True),
        sa.Column("topic_id", sa.Integer(), nullable=False),
        sa.Column("audience", sa.JSON(), nullable=False),
        sa.Column("audience_en", sa.JSON(), nullable=False),
        sa.Column("audience_keys", sa.JSON(), nullable=False),
        sa.Column("outline", sa.JSON(), nullable=False),
        sa.Column("outline_en", sa.JSON(), nullable=False),
        sa.Column("duration_days_min", sa.Integer(), nullable=True),
        sa.Column("duration_days_max", sa.Integer(), nullable=True),
        sa.Column("duration_source", sa.String(), nullable=True),
        sa.Column("outline_source", sa.String(), nullable=True),
        sa.Column("search_key", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("retired_on", sa.Date(), nullable=True),
        sa.Column("edited_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "duration_days_min IS NULL OR duration_days_min <= duration_days_max",
            name=op.f("ck_course_duration_ordered"),
        ),
        sa.ForeignKeyConstraint(["topic_id"], ["topic.id"], name=op.f("fk_course_topic_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_course")),
        sa.UniqueConstraint("code", name=op.f("uq_course_code")),
        sa.UniqueConstraint("slug", name=op.f("uq_course_slug")),
    )
    with op.batch_alter_table("course", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_course_topic_id"), ["topic_id"], unique=False)

    op.create_table(
        "measure",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("article_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("metric", sa.String(), nullable=False),
        sa.Column("metric_en", sa.String(), nullable=False),
        sa.Column("unit", sa.String(), nullable=True),
        sa.Column("unit_en", sa.String(), nullable=True),
        sa.Column("before_text", sa.String(), nullable=True),
        sa.Column("after_text", sa.String(), nullable=True),
        sa.Column("before_number", sa.Double(), nullable=True),
        sa.Column("after_number", sa.Double(), nullable=True),
        sa.Column("change", sa.String(), nullable=True),
        sa.Column("change_en", sa.String(), nullable=True),
        sa.Column(
            "direction",
            sa.Enum(
                "higher",
                "lower",
                name="direction",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("period", sa.String(), nullable=True),
        sa.Column("period_en", sa.String(), nullable=True),
        sa.Column("note", sa.String(), nullable=True),
        sa.Column("note_en", sa.String(), nullable=True),
        sa.CheckConstraint(
            "after_number IS NULL OR after_text IS NOT NULL",
            name=op.f("ck_measure_after_is_written"),
        ),
        sa.CheckConstraint(
            "after_text IS NOT NULL OR change IS NOT NULL", name=op.f("ck_measure_says_something")
        ),
        sa.CheckConstraint(
            "before_number IS NULL OR before_text IS NOT NULL",
            name=op.f("ck_measure_before_is_written"),
        ),
        sa.CheckConstraint("position >= 1", name=op.f("ck_measure_position_counts")),
        sa.ForeignKeyConstraint(["article_id"], ["article.id"], name=op.f("fk_measure_article_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_measure")),
        sa.UniqueConstraint("article_id", "position", name=op.f("uq_measure_article_id_position")),
    )
    op.create_table(
        "observation_series",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("indicator_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("name_en", sa.String(), nullable=False),
        sa.Column("territory", sa.String(), nullable=False),
        sa.Column("territory_en", sa.String(), nullable=False),
        sa.Column("note", sa.String(), nullable=True),
        sa.Column("note_en", sa.String(), nullable=True),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["indicator_id"], ["indicator.id"], name=op.f("fk_observation_series_indicator_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_observation_series")),
        sa.UniqueConstraint("key", name=op.f("uq_observation_series_key")),
    )
    with op.batch_alter_table("observation_series", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_observation_series_indicator_id"), ["indicator_id"], unique=False
        )

    op.create_table(
        "organisation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("public_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column(
            "sort_key",
            sa.String().with_variant(sa.String(collation="C"), "postgresql"),
            nullable=False,
        ),
        sa.Column("search_key", sa.String(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "state_agency",
                "enterprise",
                "other_organisation",
                "individual",
                name="audiencekind",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("tax_code", sa.String(), nullable=True),
        sa.Column("sector", sa.String(), nullable=True),
        sa.Column(
            "size_class",
            sa.Enum(
                "micro",
                "small",
                "medium",
                "large",
                "not_stated",
                name="sizeclass",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("ward_id", sa.Integer(), nullable=True),
        sa.Column("address", sa.String(), nullable=True),
        sa.Column("email", sa.String(), nullable=True),
        sa.Column("phone", sa.String(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("kind <> 'individual'", name=op.f("ck_organisation_kind_is_a_body")),
        sa.ForeignKeyConstraint(["ward_id"], ["unit.id"], name=op.f("fk_organisation_ward_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_organisation")),
        sa.UniqueConstraint("code", name=op.f("uq_organisation_code")),
        sa.UniqueConstraint("public_id", name=op.f("uq_organisation_public_id")),
        sa.UniqueConstraint("tax_code", name=op.f("uq_organisation_tax_code")),
    )
    with op.batch_alter_table("organisation", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_organisation_search_key"), ["search_key"], unique=False
        )
        batch_op.create_index("ix_organisation_sort_key", ["sort_key", "id"], unique=False)

    op.create_table(
        "person",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.Uuid(), nullable=False),
        sa.Column("full_name", sa.String(), nullable=False),
        sa.Column(
            "sort_key",
            sa.String().with_variant(sa.String(collation="C"), "postgresql"),
            nullable=False,
        ),
        sa.Column("search_key", sa.String(), nullable=False),
        sa.Column("birth_year", sa.Integer(), nullable=True),
        sa.Column(
            "sex",
            sa.Enum(
                "female",
                "male",
                "not_stated",
                name="sex",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column(
            "job_group",
            sa.Enum(
                "workers",
                "managers",
                "office",
                "officials",
                "not_stated",
                name="jobgroup",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("email", sa.String(), nullable=True),
        sa.Column("phone", sa.String(), nullable=True),
        sa.Column("ward_id", sa.Integer(), nullable=True),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "length(full_name) BETWEEN 1 AND 200", name=op.f("ck_person_name_length")
        ),
        sa.ForeignKeyConstraint(["ward_id"], ["unit.id"], name=op.f("fk_person_ward_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person")),
        sa.UniqueConstraint("public_id", name=op.f("uq_person_public_id")),
    )
    with op.batch_alter_table("person", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_person_email"), ["email"], unique=False)
        batch_op.create_index(batch_op.f("ix_person_phone"), ["phone"], unique=False)
        batch_op.create_index(batch_op.f("ix_person_search_key"), ["search_key"], unique=False)
        batch_op.create_index("ix_person_sort_key", ["sort_key", "id"], unique=False)

    op.create_table(
        "plan_target",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("indicator_id", sa.Integer(), nullable=False),
        sa.Column("by_year", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "counted",
                "entered",
                "contributory",
                name="targetkind",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("words_en", sa.String(), nullable=False),
        sa.Column("short", sa.String(), nullable=False),
        sa.Column("short_en", sa.String(), nullable=False),
        sa.Column("op", sa.String(), nullable=True),
        sa.Column("value", sa.Numeric(precision=14, scale=4), nullable=True),
        sa.Column("line", sa.String(), nullable=False),
        sa.Column("document", sa.String(), nullable=False),
        sa.Column("document_en", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "kind <> 'counted' OR value IS NOT NULL", name=op.f("ck_plan_target_counted_has_value")
        ),
        sa.ForeignKeyConstraint(
            ["indicator_id"], ["indicator.id"], name=op.f("fk_plan_target_indicator_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan_target")),
        sa.UniqueConstraint("key", name=op.f("uq_plan_target_key")),
    )
    op.create_table(
        "unit_succession",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("predecessor_id", sa.Integer(), nullable=False),
        sa.Column("successor_id", sa.Integer(), nullable=False),
        sa.Column("on_day", sa.Date(), nullable=False),
        sa.Column("in_part", sa.Boolean(), nullable=False),
        sa.Column("source", sa.String(), nullable=True),
        sa.CheckConstraint(
            "predecessor_id <> successor_id", name=op.f("ck_unit_succession_not_itself")
        ),
        sa.ForeignKeyConstraint(
            ["predecessor_id"], ["unit.id"], name=op.f("fk_unit_succession_predecessor_id")
        ),
        sa.ForeignKeyConstraint(
            ["successor_id"], ["unit.id"], name=op.f("fk_unit_succession_successor_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_unit_succession")),
        sa.UniqueConstraint(
            "predecessor_id",
            "successor_id",
            name=op.f("uq_unit_succession_predecessor_id_successor_id"),
        ),
    )
    with op.batch_alter_table("unit_succession", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_unit_succession_successor_id"), ["successor_id"], unique=False
        )

    op.create_table(
        "account",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("email", sa.String(), nullable=False),
        sa.Column("password", sa.String(), nullable=True),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("fs_uniquifier", sa.String(), nullable=False),
        sa.Column("fs_webauthn_user_handle", sa.String(), nullable=True),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("tf_primary_method", sa.String(), nullable=True),
        sa.Column("tf_totp_secret", sa.String(), nullable=True),
        sa.Column("tf_last_counter", sa.Integer(), nullable=True),
        sa.Column("tf_phone_number", sa.String(), nullable=True),
        sa.Column("mf_recovery_codes", sa.JSON(), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_account_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_account")),
        sa.UniqueConstraint("email", name=op.f("uq_account_email")),
        sa.UniqueConstraint("fs_uniquifier", name=op.f("uq_account_fs_uniquifier")),
        sa.UniqueConstraint(
            "fs_webauthn_user_handle", name=op.f("uq_account_fs_webauthn_user_handle")
        ),
        sa.UniqueConstraint("person_id", name=op.f("uq_account_person_id")),
    )
    op.create_table(
        "calendar_feed",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("token_hash", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_calendar_feed_person_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_calendar_feed")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_calendar_feed_token_hash")),
    )
    with op.batch_alter_table("calendar_feed", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_calendar_feed_person_id"), ["person_id"], unique=False)

    op.create_table(
        "consent",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column(
            "purpose",
            sa.Enum(
                "personal_data",
                "news",
                "public_expert_register",
                "records_for_employer",
                name="consentpurpose",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("version", sa.String(), nullable=False),
        sa.Column("wording", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("given_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "withdrawn_at IS NULL OR given_at <= withdrawn_at", name=op.f("ck_consent_given_first")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_consent_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consent")),
    )
    with op.batch_alter_table("consent", schema=None) as batch_op:
        batch_op.create_index(
            "uq_consent_open",
            ["person_id", "purpose"],
            unique=True,
            sqlite_where=sa.text("withdrawn_at IS NULL"),
            postgresql_where=sa.text("withdrawn_at IS NULL"),
        )

    op.create_table(
        "employment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("from_day", sa.Date(), nullable=False),
        sa.Column("to_day", sa.Date(), nullable=True),
        sa.Column("position", sa.String(), nullable=True),
        sa.Column("represents", sa.Boolean(), nullable=False),
        sa.CheckConstraint(
            "to_day IS NULL OR from_day <= to_day", name=op.f("ck_employment_from_before_to")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_employment_organisation_id")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_employment_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_employment")),
    )
    with op.batch_alter_table("employment", schema=None) as batch_op:
        batch_op.create_index(
            "ix_employment_organisation", ["organisation_id", "from_day"], unique=False
        )
        batch_op.create_index("ix_employment_person", ["person_id", "from_day"], unique=False)

    op.create_table(
        "expert",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_expert_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_expert")),
        sa.UniqueConstraint("code", name=op.f("uq_expert_code")),
        sa.UniqueConstraint("person_id", name=op.f("uq_expert_person_id")),
    )
    op.create_table(
        "letter",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("event_key", sa.String(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("recipient", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("body_text", sa.String(), nullable=False),
        sa.Column("body_html", sa.String(), nullable=True),
        sa.Column("calendar", sa.String(), nullable=True),
        sa.Column(
            "state",
            sa.Enum(
                "waiting",
                "sent",
                "failed",
                name="letterstate",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("next_attempt_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("last_error", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_letter_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_letter")),
        sa.UniqueConstraint("event_key", name=op.f("uq_letter_event_key")),
        sa.UniqueConstraint("public_id", name=op.f("uq_letter_public_id")),
    )
    with op.batch_alter_table("letter", schema=None) as batch_op:
        batch_op.create_index("ix_letter_due", ["state", "next_attempt_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_letter_person_id"), ["person_id"], unique=False)

    op.create_table(
        "account_role",
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("role_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_account_role_account_id")
        ),
        sa.ForeignKeyConstraint(["role_id"], ["role.id"], name=op.f("fk_account_role_role_id")),
        sa.PrimaryKeyConstraint("account_id", "role_id", name=op.f("pk_account_role")),
    )
    op.create_table(
        "audit_entry",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=True),
        sa.Column("action", sa.String(), nullable=False),
        sa.Column("subject_kind", sa.String(), nullable=False),
        sa.Column("subject_id", sa.String(), nullable=False),
        sa.Column("detail", sa.JSON(), nullable=True),
        sa.Column("request_number", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_audit_entry_account_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_entry")),
    )
    with op.batch_alter_table("audit_entry", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_audit_entry_account_id"), ["account_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_audit_entry_at"), ["at"], unique=False)
        batch_op.create_index(
            "ix_audit_entry_subject", ["subject_kind", "subject_id"], unique=False
        )

    op.create_table(
        "club_profile",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("name_en", sa.String(), nullable=False),
        sa.Column("short_name", sa.String(), nullable=False),
        sa.Column("short_name_en", sa.String(), nullable=False),
        sa.Column("owner_id", sa.Integer(), nullable=True),
        sa.Column("founding_text", sa.String(), nullable=False),
        sa.Column("founding_text_en", sa.String(), nullable=False),
        sa.Column("contact_email", sa.String(), nullable=True),
        sa.Column("contact_phone", sa.String(), nullable=True),
        sa.Column("contact_address", sa.String(), nullable=True),
        sa.Column("logo", sa.String(), nullable=True),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_by_id", sa.Integer(), nullable=True),
        sa.Column("reason", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["changed_by_id"], ["account.id"], name=op.f("fk_club_profile_changed_by_id")
        ),
        sa.ForeignKeyConstraint(["owner_id"], ["unit.id"], name=op.f("fk_club_profile_owner_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_club_profile")),
        sa.UniqueConstraint("valid_from", name=op.f("uq_club_profile_valid_from")),
    )
    op.create_table(
        "expert_certificate",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("scheme_id", sa.Integer(), nullable=False),
        sa.Column("scheme_name", sa.String(), nullable=True),
        sa.Column("level", sa.String(), nullable=True),
        sa.Column("body", sa.String(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("number_key", sa.String(), nullable=False),
        sa.Column("issued_on", sa.Date(), nullable=False),
        sa.Column("expires_on", sa.Date(), nullable=True),
        sa.Column("scope", sa.String(), nullable=True),
        sa.Column("evidence", sa.String(), nullable=False),
        sa.Column("funded_by_plan", sa.Boolean(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "recorded",
                "checked",
                "withdrawn",
                name="expertcertificatestate",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_by_id", sa.Integer(), nullable=True),
        sa.Column("checked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("checked_by_id", sa.Integer(), nullable=True),
        sa.Column(
            "withdrawal",
            sa.Enum(
                "mistake",
                "taken_back",
                name="withdrawalkind",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=True,
        ),
        sa.Column("withdrawn_from", sa.Date(), nullable=True),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("withdrawn_by_id", sa.Integer(), nullable=True),
        sa.Column("withdrawal_reason", sa.String(), nullable=True),
        sa.CheckConstraint(
            "(state = 'withdrawn') = (withdrawal IS NOT NULL)",
            name=op.f("ck_expert_certificate_withdrawn_how"),
        ),
        sa.CheckConstraint(
            "(withdrawal = 'taken_back') = (withdrawn_from IS NOT NULL) OR withdrawal IS NULL",
            name=op.f("ck_expert_certificate_taken_back_from"),
        ),
        sa.CheckConstraint(
            "state <> 'checked' OR checked_at IS NOT NULL",
            name=op.f("ck_expert_certificate_checked_when"),
        ),
        sa.CheckConstraint(
            "expires_on IS NULL OR issued_on <= expires_on",
            name=op.f("ck_expert_certificate_issued_first"),
        ),
        sa.ForeignKeyConstraint(
            ["checked_by_id"], ["account.id"], name=op.f("fk_expert_certificate_checked_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_expert_certificate_person_id")
        ),
        sa.ForeignKeyConstraint(
            ["recorded_by_id"], ["account.id"], name=op.f("fk_expert_certificate_recorded_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["scheme_id"], ["certification_scheme.id"], name=op.f("fk_expert_certificate_scheme_id")
        ),
        sa.ForeignKeyConstraint(
            ["withdrawn_by_id"], ["account.id"], name=op.f("fk_expert_certificate_withdrawn_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_expert_certificate")),
        sa.UniqueConstraint("public_id", name=op.f("uq_expert_certificate_public_id")),
    )
    with op.batch_alter_table("expert_certificate", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_expert_certificate_person_id"), ["person_id"], unique=False
        )
        batch_op.create_index("ix_expert_certificate_state", ["state", "issued_on"], unique=False)
        batch_op.create_index(
            "uq_expert_certificate_number",
            ["scheme_id", "number_key"],
            unique=True,
            sqlite_where=sa.text("state <> 'withdrawn'"),
            postgresql_where=sa.text("state <> 'withdrawn'"),
        )

    op.create_table(
        "membership_application",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=True),
        sa.Column("statement", sa.String(), nullable=True),
        sa.Column(
            "state",
            sa.Enum(
                "pending",
                "accepted",
                "declined",
                "withdrawn",
                name="applicationstate",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("applied_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decided_by_id", sa.Integer(), nullable=True),
        sa.Column("reason", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["decided_by_id"], ["account.id"], name=op.f("fk_membership_application_decided_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_membership_application_organisation_id"),
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_membership_application_person_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_membership_application")),
        sa.UniqueConstraint("public_id", name=op.f("uq_membership_application_public_id")),
    )
    with op.batch_alter_table("membership_application", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_membership_application_person_id"), ["person_id"], unique=False
        )
        batch_op.create_index(
            "uq_membership_application_pending_organisation",
            ["organisation_id"],
            unique=True,
            sqlite_where=sa.text("state = 'pending'"),
            postgresql_where=sa.text("state = 'pending'"),
        )
        batch_op.create_index(
            "uq_membership_application_pending_person",
            ["person_id"],
            unique=True,
            sqlite_where=sa.text("state = 'pending' AND organisation_id IS NULL"),
            postgresql_where=sa.text("state = 'pending' AND organisation_id IS NULL"),
        )

    op.create_table(
        "observation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.Uuid(), nullable=False),
        sa.Column("series_id", sa.Integer(), nullable=False),
        sa.Column("period_from", sa.Date(), nullable=False),
        sa.Column("as_of", sa.Date(), nullable=False),
        sa.Column("value", sa.Numeric(precision=14, scale=4), nullable=False),
        sa.Column(
            "status",
            sa.Enum(
                "provisional",
                "final",
                "revised",
                "not_stated",
                name="observationstatus",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("note", sa.String(), nullable=True),
        sa.Column("note_en", sa.String(), nullable=True),
        sa.Column("entered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("entered_by_id", sa.Integer(), nullable=True),
        sa.Column("replaced_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("replaced_by_id", sa.Integer(), nullable=True),
        sa.Column("replacement_reason", sa.String(), nullable=True),
        sa.CheckConstraint("period_from <= as_of", name=op.f("ck_observation_period_ordered")),
        sa.ForeignKeyConstraint(
            ["entered_by_id"], ["account.id"], name=op.f("fk_observation_entered_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["replaced_by_id"], ["account.id"], name=op.f("fk_observation_replaced_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["series_id"], ["observation_series.id"], name=op.f("fk_observation_series_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_observation")),
        sa.UniqueConstraint("public_id", name=op.f("uq_observation_public_id")),
    )
    with op.batch_alter_table("observation", schema=None) as batch_op:
        batch_op.create_index(
            "uq_observation_standing",
            ["series_id", "period_from", "as_of"],
            unique=True,
            sqlite_where=sa.text("replaced_at IS NULL"),
            postgresql_where=sa.text("replaced_at IS NULL"),
        )

    op.create_table(
        "passkey",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("credential_id", sa.LargeBinary(length=1024), nullable=False),
        sa.Column("public_key", sa.LargeBinary(), nullable=False),
        sa.Column("sign_count", sa.Integer(), nullable=False),
        sa.Column("transports", sa.JSON(), nullable=True),
        sa.Column("backup_state", sa.Boolean(), nullable=False),
        sa.Column("device_type", sa.String(), nullable=False),
        sa.Column("extensions", sa.String(), nullable=True),
        sa.Column("create_datetime", sa.DateTime(timezone=True), nullable=False),
        sa.Column("lastuse_datetime", sa.DateTime(timezone=True), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("usage", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_passkey_account_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_passkey")),
        sa.UniqueConstraint("credential_id", name=op.f("uq_passkey_credential_id")),
    )
    with op.batch_alter_table("passkey", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_passkey_account_id"), ["account_id"], unique=False)

    op.create_table(
        "pilot_project",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column(
            "size_class",
            sa.Enum(
                "micro",
                "small",
                "medium",
                "large",
                "not_stated",
                name="sizeclass",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("description", sa.String(), nullable=True),
        sa.Column("started_on", sa.Date(), nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column(
            "outcome",
            sa.Enum(
                "completed",
                "abandoned",
                name="pilotoutcome",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=True,
        ),
        sa.Column("evidence", sa.String(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "(ended_on IS NULL) = (outcome IS NULL)",
            name=op.f("ck_pilot_project_outcome_when_ended"),
        ),
        sa.CheckConstraint(
            "ended_on IS NULL OR started_on <= ended_on",
            name=op.f("ck_pilot_project_starts_before_end"),
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_pilot_project_organisation_id")
        ),
        sa.ForeignKeyConstraint(
            ["recorded_by_id"], ["account.id"], name=op.f("fk_pilot_project_recorded_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pilot_project")),
        sa.UniqueConstraint("public_id", name=op.f("uq_pilot_project_public_id")),
    )
    with op.batch_alter_table("pilot_project", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_pilot_project_organisation_id"), ["organisation_id"], unique=False
        )

    op.create_table(
        "run",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("course_id", sa.Integer(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "draft",
                "published",
                "closed",
                "cancelled",
                name="runstate",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column(
            "form",
            sa.Enum(
                "in_person",
                "online",
                "blended",
                "in_company",
                name="runform",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("place", sa.String(), nullable=True),
        sa.Column("ward_id", sa.Integer(), nullable=True),
        sa.Column("online_link", sa.String(), nullable=True),
        sa.Column("host_id", sa.Integer(), nullable=True),
        sa.Column("note", sa.String(), nullable=True),
        sa.Column("price_vnd", sa.Integer(), nullable=False),
        sa.Column(
            "funding",
            sa.Enum(
                "science_budget",
                "enterprise",
                "other",
                "not_stated",
                name="funding",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("seats", sa.Integer(), nullable=False),
        sa.Column("places_taken", sa.Integer(), nullable=False),
        sa.Column("waiting_count", sa.Integer(), nullable=False),
        sa.Column("places_revision", sa.Integer(), nullable=False),
        sa.Column("registration_opens_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("registration_closes_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("deadline_sequence", sa.Integer(), nullable=False),
        sa.Column("deadline_modified_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("counting_threshold", sa.Integer(), nullable=False),
        sa.Column("completion_threshold", sa.Integer(), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("modified_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_by_id", sa.Integer(), nullable=True),
        sa.Column("cancelled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("cancellation_reason", sa.String(), nullable=True),
        sa.CheckConstraint(
            "completion_threshold BETWEEN counting_threshold AND 100",
            name=op.f("ck_run_completion_threshold_share"),
        ),
        sa.CheckConstraint(
            "counting_threshold BETWEEN 1 AND 100", name=op.f("ck_run_counting_threshold_share")
        ),
        sa.CheckConstraint("places_taken >= 0", name=op.f("ck_run_places_taken_not_negative")),
        sa.CheckConstraint("price_vnd >= 0", name=op.f("ck_run_price_not_negative")),
        sa.CheckConstraint(
            "registration_opens_at IS NULL OR registration_closes_at IS NULL OR registration_opens_at < registration_closes_at",
            name=op.f("ck_run_registration_window"),
        ),
        sa.CheckConstraint("seats BETWEEN 1 AND 2000", name=op.f("ck_run_seats_sensible")),
        sa.CheckConstraint("waiting_count >= 0", name=op.f("ck_run_waiting_count_not_negative")),
        sa.ForeignKeyConstraint(["closed_by_id"], ["account.id"], name=op.f("fk_run_closed_by_id")),
        sa.ForeignKeyConstraint(["course_id"], ["course.id"], name=op.f("fk_run_course_id")),
        sa.ForeignKeyConstraint(["host_id"], ["organisation.id"], name=op.f("fk_run_host_id")),
        sa.ForeignKeyConstraint(["ward_id"], ["unit.id"], name=op.f("fk_run_ward_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_run")),
        sa.UniqueConstraint("code", name=op.f("uq_run_code")),
    )
    with op.batch_alter_table("run", schema=None) as batch_op:
        batch_op.create_index("ix_run_course", ["course_id", "starts_at"], unique=False)
        batch_op.create_index(
            "ix_run_feed",
            ["ends_at", "state", "published_at", "revision", "modified_at"],
            unique=False,
        )
        batch_op.create_index("ix_run_state_starts", ["state", "starts_at"], unique=False)

    op.create_table(
        "membership",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("organisation_id", sa.Integer(), nullable=True),
        sa.Column("application_id", sa.Integer(), nullable=True),
        sa.Column("from_day", sa.Date(), nullable=False),
        sa.Column("to_day", sa.Date(), nullable=True),
        sa.CheckConstraint(
            "(person_id IS NULL) <> (organisation_id IS NULL)",
            name=op.f("ck_membership_one_holder"),
        ),
        sa.CheckConstraint(
            "to_day IS NULL OR from_day <= to_day", name=op.f("ck_membership_from_before_to")
        ),
        sa.ForeignKeyConstraint(
            ["application_id"],
            ["membership_application.id"],
            name=op.f("fk_membership_application_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_membership_organisation_id")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_membership_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_membership")),
    )
    with op.batch_alter_table("membership", schema=None) as batch_op:
        batch_op.create_index(
            "uq_membership_open_organisation",
            ["organisation_id"],
            unique=True,
            sqlite_where=sa.text("to_day IS NULL"),
            postgresql_where=sa.text("to_day IS NULL"),
        )
        batch_op.create_index(
            "uq_membership_open_person",
            ["person_id"],
            unique=True,
            sqlite_where=sa.text("to_day IS NULL"),
            postgresql_where=sa.text("to_day IS NULL"),
        )

    op.create_table(
        "registration",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.Uuid(), nullable=False),
        sa.Column("run_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "confirmed",
                "waiting",
                "withdrawn",
                "cancelled",
                name="registrationstate",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("queue_number", sa.Integer(), nullable=False),
        sa.Column(
            "audience",
            sa.Enum(
                "state_agency",
                "enterprise",
                "other_organisation",
                "individual",
                name="audiencekind",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("organisation_id", sa.Integer(), nullable=True),
        sa.Column("registered_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("queue_number > 0", name=op.f("ck_registration_queue_number_positive")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_registration_organisation_id")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_registration_person_id")
        ),
        sa.ForeignKeyConstraint(["run_id"], ["run.id"], name=op.f("fk_registration_run_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_registration")),
        sa.UniqueConstraint("public_id", name=op.f("uq_registration_public_id")),
        sa.UniqueConstraint(
            "run_id", "queue_number", name=op.f("uq_registration_run_id_queue_number")
        ),
    )
    with op.batch_alter_table("registration", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_registration_organisation_id"), ["organisation_id"], unique=False
        )
        batch_op.create_index("ix_registration_person", ["person_id", "state"], unique=False)
        batch_op.create_index(
            "ix_registration_run_state", ["run_id", "state", "queue_number"], unique=False
        )
        batch_op.create_index(
            "uq_registration_active",
            ["run_id", "person_id"],
            unique=True,
            sqlite_where=sa.text("state IN ('confirmed', 'waiting')"),
            postgresql_where=sa.text("state IN ('confirmed', 'waiting')"),
        )

    op.create_table(
        "run_event",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("run_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "created",
                "changed",
                "seats_changed",
                "session_added",
                "session_moved",
                "session_retitled",
                "session_cancelled",
                "trainer_added",
                "trainer_removed",
                "published",
                "cancelled",
                "closed",
                "reopened",
                name="runeventkind",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("detail", sa.String(), nullable=True),
        sa.Column("reason", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["by_id"], ["account.id"], name=op.f("fk_run_event_by_id")),
        sa.ForeignKeyConstraint(["run_id"], ["run.id"], name=op.f("fk_run_event_run_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_run_event")),
    )
    with op.batch_alter_table("run_event", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_run_event_run_id"), ["run_id"], unique=False)

    op.create_table(
        "run_trainer",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("run_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_run_trainer_person_id")
        ),
        sa.ForeignKeyConstraint(["run_id"], ["run.id"], name=op.f("fk_run_trainer_run_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_run_trainer")),
        sa.UniqueConstraint("run_id", "person_id", name=op.f("uq_run_trainer_run_id_person_id")),
    )
    with op.batch_alter_table("run_trainer", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_run_trainer_person_id"), ["person_id"], unique=False)

    op.create_table(
        "session",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.Uuid(), nullable=False),
        sa.Column("run_id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(), nullable=True),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("place", sa.String(), nullable=True),
        sa.Column(
            "state",
            sa.Enum(
                "planned",
                "cancelled",
                name="sessionstate",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("modified_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("starts_at < ends_at", name=op.f("ck_session_starts_before_end")),
        sa.ForeignKeyConstraint(["run_id"], ["run.id"], name=op.f("fk_session_run_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_session")),
        sa.UniqueConstraint("public_id", name=op.f("uq_session_public_id")),
    )
    with op.batch_alter_table("session", schema=None) as batch_op:
        batch_op.create_index("ix_session_run", ["run_id", "starts_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_session_starts_at"), ["starts_at"], unique=False)

    op.create_table(
        "training_record",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.Uuid(), nullable=False),
        sa.Column("run_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("planned_minutes", sa.Integer(), nullable=False),
        sa.Column("attended_minutes", sa.Integer(), nullable=False),
        sa.Column("person_days", sa.Numeric(precision=5, scale=1), nullable=False),
        sa.Column("counts", sa.Boolean(), nullable=False),
        sa.Column("completed", sa.Boolean(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column(
            "audience",
            sa.Enum(
                "state_agency",
                "enterprise",
                "other_organisation",
                "individual",
                name="audiencekind",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("organisation_id", sa.Integer(), nullable=True),
        sa.Column("organisation_name", sa.String(), nullable=True),
        sa.Column("sector", sa.String(), nullable=True),
        sa.Column(
            "size_class",
            sa.Enum(
                "micro",
                "small",
                "medium",
                "large",
                "not_stated",
                name="sizeclass",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("unit_id", sa.Integer(), nullable=True),
        sa.Column(
            "sex",
            sa.Enum(
                "female",
                "male",
                "not_stated",
                name="sex",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column(
            "job_group",
            sa.Enum(
                "workers",
                "managers",
                "office",
                "officials",
                "not_stated",
                name="jobgroup",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("topic_key", sa.String(), nullable=False),
        sa.Column("course_code", sa.String(), nullable=False),
        sa.Column(
            "form",
            sa.Enum(
                "in_person",
                "online",
                "blended",
                "in_company",
                name="runform",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column(
            "funding",
            sa.Enum(
                "science_budget",
                "enterprise",
                "other",
                "not_stated",
                name="funding",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("computed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("superseded_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "attended_minutes BETWEEN 0 AND planned_minutes",
            name=op.f("ck_training_record_minutes_within"),
        ),
        sa.CheckConstraint(
            "counts OR NOT completed", name=op.f("ck_training_record_completed_counts")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_training_record_organisation_id"),
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_training_record_person_id")
        ),
        sa.ForeignKeyConstraint(["run_id"], ["run.id"], name=op.f("fk_training_record_run_id")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_training_record_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_training_record")),
        sa.UniqueConstraint("public_id", name=op.f("uq_training_record_public_id")),
    )
    with op.batch_alter_table("training_record", schema=None) as batch_op:
        batch_op.create_index(
            "ix_training_record_figures",
            [
                "day",
                "audience",
                "topic_key",
                "person_id",
                "attended_minutes",
                "completed",
                "computed_at",
                "superseded_at",
                "course_code",
                "unit_id",
                "sector",
                "sex",
                "funding",
            ],
            unique=False,
            sqlite_where=sa.text("counts IS 1"),
            postgresql_where=sa.text("counts IS true"),
        )
        batch_op.create_index("ix_training_record_person", ["person_id", "day"], unique=False)
        batch_op.create_index(batch_op.f("ix_training_record_run_id"), ["run_id"], unique=False)
        batch_op.create_index(
            "ix_training_record_superseded",
            ["superseded_at"],
            unique=False,
            sqlite_where=sa.text("superseded_at IS NOT NULL"),
            postgresql_where=sa.text("superseded_at IS NOT NULL"),
        )
        batch_op.create_index(
            "uq_training_record_current",
            ["run_id", "person_id"],
            unique=True,
            sqlite_where=sa.text("superseded_at IS NULL"),
            postgresql_where=sa.text("superseded_at IS NULL"),
        )

    op.create_table(
        "walk_in",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("run_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column(
            "audience",
            sa.Enum(
                "state_agency",
                "enterprise",
                "other_organisation",
                "individual",
                name="audiencekind",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("organisation_id", sa.Integer(), nullable=True),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("added_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["added_by_id"], ["account.id"], name=op.f("fk_walk_in_added_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_walk_in_organisation_id")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_walk_in_person_id")),
        sa.ForeignKeyConstraint(["run_id"], ["run.id"], name=op.f("fk_walk_in_run_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_walk_in")),
        sa.UniqueConstraint("run_id", "person_id", name=op.f("uq_walk_in_run_id_person_id")),
    )
    with op.batch_alter_table("walk_in", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_walk_in_person_id"), ["person_id"], unique=False)

    op.create_table(
        "attendance_mark",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("session_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column(
            "mark",
            sa.Enum(
                "present",
                "late",
                "absent",
                "excused",
                name="mark",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("minutes", sa.Integer(), nullable=True),
        sa.Column(
            "source",
            sa.Enum(
                "trainer_tap",
                "self_check_in",
                "paper_list",
                "online_import",
                name="marksource",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("marked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("marked_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "minutes IS NULL OR minutes >= 0", name=op.f("ck_attendance_mark_minutes_not_negative")
        ),
        sa.ForeignKeyConstraint(
            ["marked_by_id"], ["account.id"], name=op.f("fk_attendance_mark_marked_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_attendance_mark_person_id")
        ),
        sa.ForeignKeyConstraint(
            ["session_id"], ["session.id"], name=op.f("fk_attendance_mark_session_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attendance_mark")),
        sa.UniqueConstraint(
            "session_id", "person_id", name=op.f("uq_attendance_mark_session_id_person_id")
        ),
    )
    with op.batch_alter_table("attendance_mark", schema=None) as batch_op:
        batch_op.create_index("ix_attendance_mark_person", ["person_id"], unique=False)

    op.create_table(
        "completion_certificate",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("training_record_id", sa.Integer(), nullable=False),
        sa.Column("run_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("holder_name", sa.String(), nullable=False),
        sa.Column("course_code", sa.String(), nullable=False),
        sa.Column("course_title", sa.String(), nullable=False),
        sa.Column("course_title_en", sa.String(), nullable=False),
        sa.Column("run_code", sa.String(), nullable=False),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=False),
        sa.Column("attended_minutes", sa.Integer(), nullable=False),
        sa.Column("issuer_name", sa.String(), nullable=False),
        sa.Column("issuer_name_en", sa.String(), nullable=False),
        sa.Column("issued_on", sa.Date(), nullable=False),
        sa.Column("issued_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("issued_by_id", sa.Integer(), nullable=True),
        sa.Column(
            "state",
            sa.Enum(
                "valid",
                "revoked",
                "replaced",
                name="certificatestate",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("state_changed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("state_changed_by_id", sa.Integer(), nullable=True),
        sa.Column("state_reason", sa.String(), nullable=True),
        sa.Column("replaces_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["issued_by_id"], ["account.id"], name=op.f("fk_completion_certificate_issued_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_completion_certificate_person_id")
        ),
        sa.ForeignKeyConstraint(
            ["replaces_id"],
            ["completion_certificate.id"],
            name=op.f("fk_completion_certificate_replaces_id"),
        ),
        sa.ForeignKeyConstraint(
            ["run_id"], ["run.id"], name=op.f("fk_completion_certificate_run_id")
        ),
        sa.ForeignKeyConstraint(
            ["state_changed_by_id"],
            ["account.id"],
            name=op.f("fk_completion_certificate_state_changed_by_id"),
        ),
        sa.ForeignKeyConstraint(
            ["training_record_id"],
            ["training_record.id"],
            name=op.f("fk_completion_certificate_training_record_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_completion_certificate")),
        sa.UniqueConstraint("code", name=op.f("uq_completion_certificate_code")),
        sa.UniqueConstraint("number", name=op.f("uq_completion_certificate_number")),
        sa.UniqueConstraint("public_id", name=op.f("uq_completion_certificate_public_id")),
        sa.UniqueConstraint("replaces_id", name=op.f("uq_completion_certificate_replaces_id")),
    )
    with op.batch_alter_table("completion_certificate", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_completion_certificate_person_id"), ["person_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_completion_certificate_training_record_id"),
            ["training_record_id"],
            unique=False,
        )
        batch_op.create_index(
            "uq_completion_certificate_standing",
            ["run_id", "person_id"],
            unique=True,
            sqlite_where=sa.text("state = 'valid'"),
            postgresql_where=sa.text("state = 'valid'"),
        )

    op.create_table(
        "membership_event",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("membership_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "began",
                "ended",
                name="membershipeventkind",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("reason", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["by_id"], ["account.id"], name=op.f("fk_membership_event_by_id")),
        sa.ForeignKeyConstraint(
            ["membership_id"], ["membership.id"], name=op.f("fk_membership_event_membership_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_membership_event")),
    )
    with op.batch_alter_table("membership_event", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_membership_event_membership_id"), ["membership_id"], unique=False
        )

    op.create_table(
        "registration_step",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("registration_id", sa.Integer(), nullable=False),
        sa.Column(
            "from_state",
            sa.Enum(
                "confirmed",
                "waiting",
                "withdrawn",
                "cancelled",
                name="from_state",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=True,
        ),
        sa.Column(
            "to_state",
            sa.Enum(
                "confirmed",
                "waiting",
                "withdrawn",
                "cancelled",
                name="registrationstate",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column(
            "reason",
            sa.Enum(
                "registered",
                "list_full",
                "seat_fell_free",
                "seats_added",
                "withdrawn_by_person",
                "withdrawn_by_staff",
                "run_cancelled",
                name="stepreason",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("remark", sa.String(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["by_id"], ["account.id"], name=op.f("fk_registration_step_by_id")),
        sa.ForeignKeyConstraint(
            ["registration_id"],
            ["registration.id"],
            name=op.f("fk_registration_step_registration_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_registration_step")),
    )
    with op.batch_alter_table("registration_step", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_registration_step_registration_id"), ["registration_id"], unique=False
        )

    op.create_table(
        "attendance_change",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("attendance_mark_id", sa.Integer(), nullable=False),
        sa.Column(
            "mark",
            sa.Enum(
                "present",
                "late",
                "absent",
                "excused",
                name="mark",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("minutes", sa.Integer(), nullable=True),
        sa.Column(
            "source",
            sa.Enum(
                "trainer_tap",
                "self_check_in",
                "paper_list",
                "online_import",
                name="marksource",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("marked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("marked_by_id", sa.Integer(), nullable=True),
        sa.Column("replaced_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["attendance_mark_id"],
            ["attendance_mark.id"],
            name=op.f("fk_attendance_change_attendance_mark_id"),
        ),
        sa.ForeignKeyConstraint(
            ["marked_by_id"], ["account.id"], name=op.f("fk_attendance_change_marked_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attendance_change")),
    )
    with op.batch_alter_table("attendance_change", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_attendance_change_attendance_mark_id"),
            ["attendance_mark_id"],
            unique=False,
        )
    create_index(op.get_bind())


def downgrade():
    drop_index(op.get_bind())
    with op.batch_alter_table("attendance_change", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_attendance_change_attendance_mark_id"))

    op.drop_table("attendance_change")
    with op.batch_alter_table("registration_step", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_registration_step_registration_id"))

    op.drop_table("registration_step")
    with op.batch_alter_table("membership_event", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_membership_event_membership_id"))

    op.drop_table("membership_event")
    with op.batch_alter_table("completion_certificate", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_completion_certificate_standing",
            sqlite_where=sa.text("state = 'valid'"),
            postgresql_where=sa.text("state = 'valid'"),
        )
        batch_op.drop_index(batch_op.f("ix_completion_certificate_training_record_id"))
        batch_op.drop_index(batch_op.f("ix_completion_certificate_person_id"))

    op.drop_table("completion_certificate")
    with op.batch_alter_table("attendance_mark", schema=None) as batch_op:
        batch_op.drop_index("ix_attendance_mark_person")

    op.drop_table("attendance_mark")
    with op.batch_alter_table("walk_in", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_walk_in_person_id"))

    op.drop_table("walk_in")
    with op.batch_alter_table("training_record", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_training_record_current",
            sqlite_where=sa.text("superseded_at IS NULL"),
            postgresql_where=sa.text("superseded_at IS NULL"),
        )
        batch_op.drop_index(
            "ix_training_record_superseded",
            sqlite_where=sa.text("superseded_at IS NOT NULL"),
            postgresql_where=sa.text("superseded_at IS NOT NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_training_record_run_id"))
        batch_op.drop_index("ix_training_record_person")
        batch_op.drop_index(
            "ix_training_record_figures",
            sqlite_where=sa.text("counts IS 1"),
            postgresql_where=sa.text("counts IS true"),
        )

    op.drop_table("training_record")
    with op.batch_alter_table("session", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_session_starts_at"))
        batch_op.drop_index("ix_session_run")

    op.drop_table("session")
    with op.batch_alter_table("run_trainer", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_run_trainer_person_id"))

    op.drop_table("run_trainer")
    with op.batch_alter_table("run_event", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_run_event_run_id"))

    op.drop_table("run_event")
    with op.batch_alter_table("registration", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_registration_active",
            sqlite_where=sa.text("state IN ('confirmed', 'waiting')"),
            postgresql_where=sa.text("state IN ('confirmed', 'waiting')"),
        )
        batch_op.drop_index("ix_registration_run_state")
        batch_op.drop_index("ix_registration_person")
        batch_op.drop_index(batch_op.f("ix_registration_organisation_id"))

    op.drop_table("registration")
    with op.batch_alter_table("membership", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_membership_open_person",
            sqlite_where=sa.text("to_day IS NULL"),
            postgresql_where=sa.text("to_day IS NULL"),
        )
        batch_op.drop_index(
            "uq_membership_open_organisation",
            sqlite_where=sa.text("to_day IS NULL"),
            postgresql_where=sa.text("to_day IS NULL"),
        )

    op.drop_table("membership")
    with op.batch_alter_table("run", schema=None) as batch_op:
        batch_op.drop_index("ix_run_state_starts")
        batch_op.drop_index("ix_run_feed")
        batch_op.drop_index("ix_run_course")

    op.drop_table("run")
    with op.batch_alter_table("pilot_project", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_pilot_project_organisation_id"))

    op.drop_table("pilot_project")
    with op.batch_alter_table("passkey", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_passkey_account_id"))

    op.drop_table("passkey")
    with op.batch_alter_table("observation", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_observation_standing",
            sqlite_where=sa.text("replaced_at IS NULL"),
            postgresql_where=sa.text("replaced_at IS NULL"),
        )

    op.drop_table("observation")
    with op.batch_alter_table("membership_application", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_membership_application_pending_person",
            sqlite_where=sa.text("state = 'pending' AND organisation_id IS NULL"),
            postgresql_where=sa.text("state = 'pending' AND organisation_id IS NULL"),
        )
        batch_op.drop_index(
            "uq_membership_application_pending_organisation",
            sqlite_where=sa.text("state = 'pending'"),
            postgresql_where=sa.text("state = 'pending'"),
        )
        batch_op.drop_index(batch_op.f("ix_membership_application_person_id"))

    op.drop_table("membership_application")
    with op.batch_alter_table("expert_certificate", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_expert_certificate_number",
            sqlite_where=sa.text("state <> 'withdrawn'"),
            postgresql_where=sa.text("state <> 'withdrawn'"),
        )
        batch_op.drop_index("ix_expert_certificate_state")
        batch_op.drop_index(batch_op.f("ix_expert_certificate_person_id"))

    op.drop_table("expert_certificate")
    op.drop_table("club_profile")
    with op.batch_alter_table("audit_entry", schema=None) as batch_op:
        batch_op.drop_index("ix_audit_entry_subject")
        batch_op.drop_index(batch_op.f("ix_audit_entry_at"))
        batch_op.drop_index(batch_op.f("ix_audit_entry_account_id"))

    op.drop_table("audit_entry")
    op.drop_table("account_role")
    with op.batch_alter_table("letter", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_letter_person_id"))
        batch_op.drop_index("ix_letter_due")

    op.drop_table("letter")
    op.drop_table("expert")
    with op.batch_alter_table("employment", schema=None) as batch_op:
        batch_op.drop_index("ix_employment_person")
        batch_op.drop_index("ix_employment_organisation")

    op.drop_table("employment")
    with op.batch_alter_table("consent", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_consent_open",
            sqlite_where=sa.text("withdrawn_at IS NULL"),
            postgresql_where=sa.text("withdrawn_at IS NULL"),
        )

    op.drop_table("consent")
    with op.batch_alter_table("calendar_feed", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_calendar_feed_person_id"))

    op.drop_table("calendar_feed")
    op.drop_table("account")
    with op.batch_alter_table("unit_succession", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_unit_succession_successor_id"))

    op.drop_table("unit_succession")
    op.drop_table("plan_target")
    with op.batch_alter_table("person", schema=None) as batch_op:
        batch_op.drop_index("ix_person_sort_key")
        batch_op.drop_index(batch_op.f("ix_person_search_key"))
        batch_op.drop_index(batch_op.f("ix_person_phone"))
        batch_op.drop_index(batch_op.f("ix_person_email"))

    op.drop_table("person")
    with op.batch_alter_table("organisation", schema=None) as batch_op:
        batch_op.drop_index("ix_organisation_sort_key")
        batch_op.drop_index(batch_op.f("ix_organisation_search_key"))

    op.drop_table("organisation")
    with op.batch_alter_table("observation_series", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_observation_series_indicator_id"))

    op.drop_table("observation_series")
    op.drop_table("measure")
    with op.batch_alter_table("course", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_course_topic_id"))

    op.drop_table("course")
    with op.batch_alter_table("case_study", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_case_study_sector"))

    op.drop_table("case_study")
    with op.batch_alter_table("article_topic", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_article_topic_topic_id"))

    op.drop_table("article_topic")
    with op.batch_alter_table("article_tool", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_article_tool_tool_id"))

    op.drop_table("article_tool")
    with op.batch_alter_table("article_course", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_article_course_course_code"))

    op.drop_table("article_course")
    op.drop_table("unit")
    op.drop_table("topic")
    op.drop_table("tool")
    op.drop_table("search_document")
    op.drop_table("role")
    op.drop_table("remembered")
    op.drop_table("number_series")
    with op.batch_alter_table("kept_input", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_kept_input_kept_at"))

    op.drop_table("kept_input")
    op.drop_table("indicator")
    op.drop_table("demo_load")
    op.drop_table("certification_scheme")
    with op.batch_alter_table("article", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_article_modified_at"))
        batch_op.drop_index("ix_article_kind")

    op.drop_table("article")
