using System.Collections;

namespace Chat.Generators.Declared;

/// <summary>A list that equals another of equal elements, so that the compiler sees that nothing has changed.</summary>
internal readonly struct Sequence<T>(T[] elements) : IEquatable<Sequence<T>>, IReadOnlyList<T>
{
    private readonly T[]? elements = elements;

    private T[] Elements => elements ?? [];

    public int Count => Elements.Length;

    public T this[int index] => Elements[index];

    public bool Equals(Sequence<T> other) => Elements.SequenceEqual(other.Elements);

    public override bool Equals(object? obj) => obj is Sequence<T> other && Equals(other);

    public override int GetHashCode() => Elements.Aggregate(17, (hash, element) => unchecked((hash * 31) + (element?.GetHashCode() ?? 0)));

    public IEnumerator<T> GetEnumerator() => Elements.AsEnumerable().GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}

internal static class Sequence
{
    public static Sequence<T> ToSequence<T>(this IEnumerable<T> elements) => new([.. elements]);
}
