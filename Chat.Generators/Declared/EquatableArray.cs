using System.Collections;

namespace Chat.Generators.Declared;

/// <summary>A list with value equality, so that the compiler can cache the generator's steps.</summary>
internal readonly struct EquatableArray<T>(T[] elements) : IEquatable<EquatableArray<T>>, IReadOnlyList<T>
{
    private readonly T[]? elements = elements;

    private T[] Elements => elements ?? [];

    public int Count => Elements.Length;

    public T this[int index] => Elements[index];

    public bool Equals(EquatableArray<T> other) => Elements.SequenceEqual(other.Elements);

    public override bool Equals(object? obj) => obj is EquatableArray<T> other && Equals(other);

    public override int GetHashCode() => Elements.Aggregate(17, (hash, element) => unchecked((hash * 31) + (element?.GetHashCode() ?? 0)));

    public IEnumerator<T> GetEnumerator() => Elements.AsEnumerable().GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}

internal static class EquatableArray
{
    public static EquatableArray<T> ToEquatableArray<T>(this IEnumerable<T> elements) => new([.. elements]);
}
