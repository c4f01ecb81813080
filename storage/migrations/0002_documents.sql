-- Documents, their chunks and the embedding cache. Owner 0: the guide and the operator's documents; else people.id.
--
-- Not here, because they are made when needed (storage/chunks.py, storage/vectors.py):
--   chunks_fts_<owner>          FTS5 over the stems of one owner's chunks (so that nobody's words weigh on another's)
--   chunks_vec_<embedder>_<n>   vec0 over vectors of n dimensions, partitioned by owner
--
-- Deletes do not cascade on purpose: a row deleted behind those tables' backs would go on matching.

CREATE TABLE documents (
    id           INTEGER PRIMARY KEY AUTOINCREMENT,
    owner        INTEGER NOT NULL CHECK (owner >= 0),
    collection   TEXT NOT NULL,  -- who brought it: 'guia', 'pasta', 'chat'
    name         TEXT NOT NULL,  -- path or file name, unique in its collection
    title        TEXT NOT NULL,  -- what people see
    content_hash TEXT NOT NULL,  -- of the file as it was indexed; only its format while that goes on
    UNIQUE (owner, collection, name)
) STRICT;

CREATE TABLE chunks (
    id           INTEGER PRIMARY KEY AUTOINCREMENT,  -- never used again: saved menus name their sources by it
    document_id  INTEGER NOT NULL REFERENCES documents (id),
    owner        INTEGER NOT NULL CHECK (owner >= 0),
    position     INTEGER NOT NULL,
    section      TEXT NOT NULL,
    page         INTEGER,
    kind         TEXT NOT NULL CHECK (kind IN ('passage', 'dish')),
    dish         TEXT CHECK ((dish IS NOT NULL) = (kind = 'dish')),
    text         TEXT NOT NULL,
    words        TEXT NOT NULL,  -- its distinct folded words, to take them out of the vocabulary again
    content_hash TEXT NOT NULL   -- of section and text: the key of its vector
) STRICT;

CREATE INDEX chunks_of_document ON chunks (document_id, position);
CREATE INDEX chunks_by_content ON chunks (content_hash);
CREATE INDEX chunks_by_kind ON chunks (owner, kind);

-- The vocabulary of each owner: what a typo is corrected to. 'chunks' counts how many chunks have the word.
CREATE TABLE words (
    owner    INTEGER NOT NULL,
    word     TEXT NOT NULL,
    stem     TEXT NOT NULL,
    spelling TEXT NOT NULL,  -- as first written, with its accents
    chunks   INTEGER NOT NULL,
    PRIMARY KEY (owner, word)
) STRICT, WITHOUT ROWID;

CREATE INDEX words_by_stem ON words (owner, stem);

-- Which chunks are in the vec0 table of an embedder.
CREATE TABLE chunk_vectors (
    embedder TEXT NOT NULL,
    chunk_id INTEGER NOT NULL REFERENCES chunks (id),
    PRIMARY KEY (embedder, chunk_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX chunk_vectors_of_chunk ON chunk_vectors (chunk_id);

-- Vectors by content, so that the same text is never embedded twice: float32, little-endian.
CREATE TABLE embeddings (
    embedder     TEXT NOT NULL,
    content_hash TEXT NOT NULL,
    vector       BLOB NOT NULL,
    PRIMARY KEY (embedder, content_hash)
) STRICT, WITHOUT ROWID;
