"""The workspace (作業フォルダ): its folders and lock, the session that holds it, and what is kept in it."""
