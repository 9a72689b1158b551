using System.Buffers.Binary;

namespace Fuzz.Mutation;

/// <summary>Changes that know nothing of the format.</summary>
internal static class ByteMutations
{
    private static readonly uint[] Extremes =
        [0, 1, 0x7F, 0x80, 0xFF, 0x100, 0x7FFF, 0x8000, 0xFFFF, 0x10000, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFE, 0xFFFFFFFF];

    public static IReadOnlyList<MutationStep> All { get; } =
        [FlipBit, SetByte, InsertByte, Remove, Remove, Duplicate, RepeatOften, Move, Truncate, SetInteger, AddToInteger];

    /// <summary>Those that keep every other byte in its place.</summary>
    public static IReadOnlyList<MutationStep> InPlace { get; } = [FlipBit, SetByte, SetInteger, AddToInteger];

    private static void FlipBit(EditBuffer buffer, FuzzRandom random)
    {
        if (buffer.Length > 0) buffer.Span[random.Next(buffer.Length)] ^= (byte)(1 << random.Next(8));
    }

    private static void SetByte(EditBuffer buffer, FuzzRandom random)
    {
        if (buffer.Length > 0) buffer.Span[random.Next(buffer.Length)] = (byte)random.Next(256);
    }

    private static void InsertByte(EditBuffer buffer, FuzzRandom random) =>
        buffer.Insert(buffer.Gap(random), [(byte)random.Next(256)]);

    private static void Remove(EditBuffer buffer, FuzzRandom random)
    {
        var (at, length) = buffer.Range(random);
        buffer.Replace(at, length, []);
    }

    private static void Duplicate(EditBuffer buffer, FuzzRandom random)
    {
        var (at, length) = buffer.Range(random);
        buffer.Insert(buffer.Gap(random), buffer.Span.Slice(at, length).ToArray());
    }

    /// <summary>The same piece again and again, rarely up to the bound.</summary>
    private static void RepeatOften(EditBuffer buffer, FuzzRandom random)
    {
        var (at, length) = buffer.Range(random);
        if (length == 0) return;
        var times = random.OneIn(30) ? random.Next(EditBuffer.MaxLength / length) : random.Length(16);
        buffer.Insert(at, EditBuffer.Repeated(buffer.Span.Slice(at, length), times));
    }

    private static void Move(EditBuffer buffer, FuzzRandom random)
    {
        var (at, length) = buffer.Range(random);
        var piece = buffer.Span.Slice(at, length).ToArray();
        buffer.Replace(at, length, []);
        buffer.Insert(buffer.Gap(random), piece);
    }

    private static void Truncate(EditBuffer buffer, FuzzRandom random)
    {
        if (!random.OneIn(8)) return;
        var at = buffer.Gap(random);
        buffer.Replace(at, buffer.Length - at, []);
    }

    private static void SetInteger(EditBuffer buffer, FuzzRandom random) => ChangeInteger(buffer, random, _ => random.Pick(Extremes));

    private static void AddToInteger(EditBuffer buffer, FuzzRandom random) =>
        ChangeInteger(buffer, random, value => unchecked(value + (uint)(random.Next(33) - 16)));

    private static void ChangeInteger(EditBuffer buffer, FuzzRandom random, Func<uint, uint> change)
    {
        if (buffer.Length < 4) return;
        var place = buffer.Span.Slice(random.Next(buffer.Length - 3), 4);
        var value = BinaryPrimitives.ReadUInt32LittleEndian(place);
        var mask = random.Next(3) switch { 0 => 0xFFu, 1 => 0xFFFFu, _ => 0xFFFFFFFFu };
        BinaryPrimitives.WriteUInt32LittleEndian(place, (value & ~mask) | (change(value) & mask));
    }
}
