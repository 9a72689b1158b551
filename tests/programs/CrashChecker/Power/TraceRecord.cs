using System.Buffers.Binary;
using System.Text;

namespace CrashChecker.Power;

/// <summary>What a call did, as the preloaded library numbers it.</summary>
internal enum RecordKind
{
    Opened = 1,
    Wrote,
    Truncated,
    Synced,
    Renamed,
    Unlinked,
    Closed,
    MadeFolder,
    RemovedFolder,
    Mapped,
    Failed,
    Linked,
}

/// <summary>One call of the daemon on a file. <c>Shim/trace.c</c> describes the fields.</summary>
/// <param name="Begin">Nanoseconds of the monotonic clock.</param>
internal sealed record TraceRecord(
    RecordKind Kind, int Descriptor, long Begin, long End, long Offset, long Result, string Name, ReadOnlyMemory<byte> Data)
{
    private const int HeadBytes = 48;

    public bool IsCreation => Kind == RecordKind.Opened && (Offset & 1) != 0;

    public bool IsEmptying => Kind == RecordKind.Opened && (Offset & 2) != 0;

    /// <summary>The two names of a rename or a link.</summary>
    public (string From, string To) Names => (Name[..Name.IndexOf('\0', StringComparison.Ordinal)],
        Name[(Name.IndexOf('\0', StringComparison.Ordinal) + 1)..]);

    /// <summary>All records of a file. One that the daemon's death cut short is left out.</summary>
    public static List<TraceRecord> ReadAll(string path)
    {
        var records = new List<TraceRecord>();
        ReadOnlyMemory<byte> rest = File.ReadAllBytes(path);
        while (rest.Length >= HeadBytes)
        {
            var head = rest.Span;
            var (name, data) = (Int(head, 40), Int(head, 44));
            if (rest.Length < HeadBytes + name + data) break;
            records.Add(new(
                (RecordKind)Int(head, 0), Int(head, 4), Long(head, 8), Long(head, 16), Long(head, 24), Long(head, 32),
                Encoding.UTF8.GetString(rest.Slice(HeadBytes, name).Span), rest.Slice(HeadBytes + name, data)));
            rest = rest[(HeadBytes + name + data)..];
        }
        return records;
    }

    private static int Int(ReadOnlySpan<byte> head, int at) => BinaryPrimitives.ReadInt32LittleEndian(head[at..]);

    private static long Long(ReadOnlySpan<byte> head, int at) => BinaryPrimitives.ReadInt64LittleEndian(head[at..]);
}
