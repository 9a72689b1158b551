using System.Runtime.InteropServices;
using SharpFuzz.Common;

namespace Fuzz;

/// <summary>
/// The branches that inputs have reached. The code counts them only after <see cref="Instrumentation"/>; without it nothing is ever new.
/// </summary>
internal sealed unsafe class CoverageMap
{
    private const int Size = 65_536;

    private static readonly byte* Counts = (byte*)NativeMemory.AllocZeroed(Size);

    private readonly byte[] seen = new byte[Size];

    /// <summary>Branches with the number of times they were taken, in powers of two.</summary>
    public int Reached { get; private set; }

    /// <summary>Call it before each input.</summary>
    public static void Clear()
    {
        Trace.SharedMem = Counts;
        Trace.PrevLocation = 0;
        new Span<byte>(Counts, Size).Clear();
    }

    /// <summary>Whether the input reached something that no earlier one did.</summary>
    public bool TakeNew()
    {
        var counts = new ReadOnlySpan<byte>(Counts, Size);
        var isNew = false;
        for (var at = 0; at < Size; at++)
        {
            var next = counts[at..].IndexOfAnyExcept((byte)0);
            if (next < 0) break;
            at += next;
            var bucket = BucketOf(counts[at]);
            if ((seen[at] & bucket) != 0) continue;
            seen[at] |= bucket;
            Reached++;
            isNew = true;
        }
        return isNew;
    }

    /// <summary>1, 2, 3, 4 to 7, 8 to 15, 16 to 31, 32 to 127 and more, as one bit each.</summary>
    private static byte BucketOf(byte count) => count switch
    {
        1 => 1,
        2 => 2,
        3 => 4,
        < 8 => 8,
        < 16 => 16,
        < 32 => 32,
        < 128 => 64,
        _ => 128,
    };
}
