using System.Diagnostics.CodeAnalysis;

namespace Chat.Client;

/// <summary>What the daemon gave, or its refusal. A refusal is expected and so a value; <see cref="OrThrow"/> suits who has no use for it.</summary>
public readonly record struct Answer<T> where T : class
{
    private Answer(T? value, Refusal? refusal) => (Value, Refusal) = (value, refusal);

    public T? Value { get; }

    public Refusal? Refusal { get; }

    [MemberNotNullWhen(false, nameof(Value))]
    [MemberNotNullWhen(true, nameof(Refusal))]
    public bool IsRefused => Value is null;

    /// <exception cref="ChatRefusedException">It was refused.</exception>
    public T OrThrow() => IsRefused ? throw new ChatRefusedException(Refusal) : Value;

    internal static Answer<T> Of(T value) => new(value, null);

    internal static Answer<T> Refused(Refusal refusal) => new(null, refusal);
}
