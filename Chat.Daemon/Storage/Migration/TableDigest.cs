using System.Buffers.Binary;
using System.Data.Common;
using System.Security.Cryptography;
using System.Text;

namespace Chat.Daemon.Storage.Migration;

/// <summary>
/// How many rows a table has for each conversation, and a checksum of their values, which both engines must agree on. It is the sum of the
/// rows' hashes, so it needs no order and little memory.
/// </summary>
internal static class TableDigest
{
    /// <returns>By conversation; by 0 where rows have none.</returns>
    public static Dictionary<long, (long Rows, UInt128 Sum)> Of(DbConnection connection, MigratedTable table)
    {
        var columns = TableShape.Columns(connection, table);
        var place = table.ConversationIn(columns) is { } name ? columns.IndexOf(name) : -1;
        var found = new Dictionary<long, (long Rows, UInt128 Sum)>();
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var row in TableShape.Rows(connection, table, columns))
        {
            var conversation = place < 0 ? 0 : (long)row[place]!;
            var (rows, sum) = found.GetValueOrDefault(conversation);
            found[conversation] = (rows + 1, unchecked(sum + HashOf(row, hash)));
        }
        return found;
    }

    /// <returns>The first conversation, by number, in which they differ; null if they are equal.</returns>
    public static long? Difference(Dictionary<long, (long Rows, UInt128 Sum)> one, Dictionary<long, (long Rows, UInt128 Sum)> other)
    {
        var different = one.Keys.Union(other.Keys).Where(key => one.GetValueOrDefault(key) != other.GetValueOrDefault(key)).ToList();
        return different.Count == 0 ? null : different.Min();
    }

    private static UInt128 HashOf(object?[] row, IncrementalHash hash)
    {
        foreach (var value in row)
        {
            switch (value)
            {
                case null:
                    hash.AppendData([0]);
                    break;
                case long number:
                    Append(hash, 1, number, []);
                    break;
                case string text:
                    var utf8 = Encoding.UTF8.GetBytes(text);
                    Append(hash, 2, utf8.Length, utf8);
                    break;
                case byte[] bytes:
                    Append(hash, 3, bytes.Length, bytes);
                    break;
                default:
                    throw new NotSupportedException($"A value of the type {value.GetType().Name} has no checksum.");
            }
        }
        Span<byte> result = stackalloc byte[SHA256.HashSizeInBytes];
        hash.GetHashAndReset(result);
        return BinaryPrimitives.ReadUInt128BigEndian(result);
    }

    private static void Append(IncrementalHash hash, byte kind, long number, ReadOnlySpan<byte> bytes)
    {
        Span<byte> head = stackalloc byte[1 + sizeof(long)];
        head[0] = kind;
        BinaryPrimitives.WriteInt64BigEndian(head[1..], number);
        hash.AppendData(head);
        hash.AppendData(bytes);
    }
}
