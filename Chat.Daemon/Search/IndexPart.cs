namespace Chat.Daemon.Search;

/// <summary>A range of messages, by their ids, with a table of its own in the index.</summary>
/// <param name="Build">Which table; null if there is none.</param>
/// <param name="IsComplete">Whether all messages of the range that the index has seen are in the table.</param>
internal readonly record struct IndexPart(long Number, long? Build, bool IsComplete, Staleness Staleness)
{
    /// <summary>
    /// 32,768 messages. While a part is rebuilt, new messages are not indexed, so larger parts would delay them; smaller ones make more
    /// tables for a search to look into. See docs/decisions/0027-the-search-index-is-built-anew-where-texts-go.md.
    /// </summary>
    private const int Bits = 15;

    public long First => Number << Bits;

    public long Last => First + (1 << Bits) - 1;

    public string Table => $"part_{Number}_{Build}";

    public static long NumberOf(long message) => message >> Bits;
}
