namespace Chat.Daemon.Commands;

/// <summary>A range of a line, in UTF-16 units.</summary>
internal readonly record struct LineSpan(int Start, int Length)
{
    public int End => Start + Length;

    public static LineSpan Between(int start, int end) => new(start, end - start);
}
