namespace CrashChecker.Power;

/// <summary>A file's content, which grows by writing, with zeros in between.</summary>
internal sealed class Bytes
{
    private byte[] content = [];

    public long Length { get; private set; }

    public void Write(long offset, ReadOnlySpan<byte> data)
    {
        if (data.Length == 0) return;
        if (offset + data.Length > Length) SetLength(offset + data.Length);
        data.CopyTo(content.AsSpan((int)offset));
    }

    public void SetLength(long length)
    {
        if (length > content.Length) Array.Resize(ref content, (int)Math.Max(length, 2L * content.Length));
        if (length < Length) content.AsSpan((int)length, (int)(Length - length)).Clear();
        Length = length;
    }

    /// <summary>At most that many bytes; fewer at the end.</summary>
    public ReadOnlySpan<byte> Slice(long offset, int length) =>
        offset >= Length ? [] : content.AsSpan((int)offset, (int)Math.Min(length, Length - offset));

    public byte[] ToArray() => content.AsSpan(0, (int)Length).ToArray();
}
