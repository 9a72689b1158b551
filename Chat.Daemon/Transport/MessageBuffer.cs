using System.Buffers;

namespace Chat.Daemon.Transport;

/// <summary>
/// The payload of one message, without its mask. It holds memory of a pool only while there is a message, so that an idle connection holds
/// none.
/// </summary>
internal sealed class MessageBuffer
{
    private byte[] bytes = [];

    public int Length { get; private set; }

    public ReadOnlyMemory<byte> Content => bytes.AsMemory(0, Length);

    /// <param name="mask">Beginning with the byte for the first byte of the part.</param>
    public void Append(in ReadOnlySequence<byte> part, uint mask)
    {
        var count = (int)part.Length;
        if (bytes.Length - Length < count) Grow(Length + count);
        var added = bytes.AsSpan(Length, count);
        part.CopyTo(added);
        WebSocketMask.Apply(mask, added);
        Length += count;
    }

    /// <summary>Forgets the message: it may have contained a password.</summary>
    public void Clear()
    {
        if (bytes.Length > 0) ArrayPool<byte>.Shared.Return(bytes, clearArray: true);
        (bytes, Length) = ([], 0);
    }

    private void Grow(int needed)
    {
        var larger = ArrayPool<byte>.Shared.Rent(Math.Max(needed, bytes.Length * 2));
        Content.CopyTo(larger);
        if (bytes.Length > 0) ArrayPool<byte>.Shared.Return(bytes, clearArray: true);
        bytes = larger;
    }
}
