from orm_databases import in_threads, orm

__all__ = ["in_threads", "orm"]
