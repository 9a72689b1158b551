using System.Diagnostics.CodeAnalysis;

namespace Chat.Client;

/// <summary>A result or a refusal. Refusals are values; call <see cref="OrThrow"/> to get an exception instead.</summary>
public readonly record struct Answer<T> where T : class
{
    private Answer(T? value, Refusal? refusal) => (Value, Refusal) = (value, refusal);

    public T? Value { get; }

    public Refusal? Refusal { get; }

    [MemberNotNullWhen(false, nameof(Value))]
    [MemberNotNullWhen(true, nameof(Refusal))]
    public bool IsRefused => Value is null;

    /// <exception cref="ChatRefusedException">The daemon refused.</exception>
    public T OrThrow() => IsRefused ? throw new ChatRefusedException(Refusal) : Value;

    internal static Answer<T> Of(T value) => new(value, null);

    internal static Answer<T> Refused(Refusal refusal) => new(null, refusal);
}
