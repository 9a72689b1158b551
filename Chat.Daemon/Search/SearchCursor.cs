using System.Buffers.Binary;
using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using Chat.Daemon.Storage.Log;

namespace Chat.Daemon.Search;

/// <summary>
/// Where the next page begins, as the client gets it: sealed, since the number of a message tells how many the daemon has, and readable
/// only as long as the numbers mean the same. Safe from any thread.
/// </summary>
internal sealed class SearchCursor(LogNames names)
{
    private const int Bytes = 16, Chars = 22;

    /// <summary>Only a block that this key has sealed decrypts to one with this mark, except by a chance of one in 2^64.</summary>
    private const long Mark = 0x63757273_6f723031; // "cursor01"

    private readonly byte[] key = names.KeyFor("search cursor");

    [SuppressMessage("Security", "CA5358:Review cipher mode usage with cryptography experts", Justification = "A single block.")]
    public string Seal(long before)
    {
        Span<byte> block = stackalloc byte[Bytes];
        BinaryPrimitives.WriteInt64BigEndian(block, before);
        BinaryPrimitives.WriteInt64BigEndian(block[8..], Mark);
        using var aes = Aes.Create();
        aes.Key = key;
        return Base64Url.EncodeToString(aes.EncryptEcb(block, PaddingMode.None));
    }

    /// <returns>Null if it is not one of these.</returns>
    [SuppressMessage("Security", "CA5358:Review cipher mode usage with cryptography experts", Justification = "A single block.")]
    public long? Open(string cursor)
    {
        Span<byte> block = stackalloc byte[Bytes];
        if (cursor.Length != Chars || !Base64Url.IsValid(cursor, out var length) || length != Bytes) return null;
        Base64Url.DecodeFromChars(cursor, block);
        using var aes = Aes.Create();
        aes.Key = key;
        var opened = aes.DecryptEcb(block, PaddingMode.None);
        return BinaryPrimitives.ReadInt64BigEndian(opened.AsSpan(8)) == Mark ? BinaryPrimitives.ReadInt64BigEndian(opened) : null;
    }
}
