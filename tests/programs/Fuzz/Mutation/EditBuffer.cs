namespace Fuzz.Mutation;

/// <summary>Bytes that grow and shrink in place, up to a bound.</summary>
internal sealed class EditBuffer
{
    /// <summary>A little more than the longest frame, to cross its limit too.</summary>
    public const int MaxLength = 18_000;

    private readonly byte[] bytes = new byte[MaxLength];

    public int Length { get; private set; }

    public Span<byte> Span => bytes.AsSpan(0, Length);

    public void Set(ReadOnlySpan<byte> text)
    {
        Length = Math.Min(text.Length, MaxLength);
        text[..Length].CopyTo(bytes);
    }

    /// <summary>Replaces a range. What goes beyond the bound is cut off.</summary>
    public void Replace(int at, int length, ReadOnlySpan<byte> by)
    {
        if (by.Length > MaxLength - at) by = by[..(MaxLength - at)];
        var rest = bytes.AsSpan(at + length, Length - at - length);
        var kept = Math.Min(rest.Length, MaxLength - at - by.Length);
        rest[..kept].CopyTo(bytes.AsSpan(at + by.Length));
        by.CopyTo(bytes.AsSpan(at));
        Length = at + by.Length + kept;
    }

    public void Insert(int at, ReadOnlySpan<byte> added) => Replace(at, 0, added);

    /// <summary>The piece again and again, up to the bound.</summary>
    public static byte[] Repeated(ReadOnlySpan<byte> piece, int times)
    {
        var run = new byte[Math.Min(piece.Length * times, MaxLength)];
        for (var at = 0; at < run.Length; at++) run[at] = piece[at % piece.Length];
        return run;
    }

    /// <summary>A random range: mostly short, never empty unless the buffer is.</summary>
    public (int At, int Length) Range(FuzzRandom random)
    {
        if (Length == 0) return (0, 0);
        var length = random.Length(Length);
        return (random.Next(Length - length + 1), length);
    }

    /// <summary>A random place between two bytes.</summary>
    public int Gap(FuzzRandom random) => random.Next(Length + 1);
}
