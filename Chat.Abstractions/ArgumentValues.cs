namespace Chat;

/// <summary>The converted and checked values of one invocation, by the parameter's position.</summary>
public sealed class ArgumentValues
{
    private readonly IReadOnlyList<ParameterDescriptor> parameters;
    private readonly object?[] values;
    private readonly bool[] given;

    /// <param name="values">One a parameter, defaults filled in; of a variadic one an array of objects.</param>
    /// <param name="given">Whether the caller gave it.</param>
    public ArgumentValues(IReadOnlyList<ParameterDescriptor> parameters, object?[] values, bool[] given)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(values.Length, parameters.Count);
        ArgumentOutOfRangeException.ThrowIfNotEqual(given.Length, parameters.Count);
        (this.parameters, this.values, this.given) = (parameters, values, given);
    }

    public int Count => values.Length;

    /// <summary>Boxed, for code that walks all of them.</summary>
    public object? this[int index] => values[index];

    /// <summary>False where the value is the parameter's default.</summary>
    public bool IsGiven(int index) => given[index];

    /// <summary>Default of <typeparamref name="T"/> for an optional parameter that has neither value nor default.</summary>
    /// <exception cref="InvalidCastException">The parameter is of another type.</exception>
    public T Get<T>(int index) => values[index] is { } value ? (T)value : default!;

    /// <exception cref="ArgumentException">There is no parameter of that name.</exception>
    public T Get<T>(string name) => Get<T>(IndexOf(name));

    /// <summary>The values of a variadic parameter; empty where none were given.</summary>
    public IReadOnlyList<T> GetAll<T>(int index) => values[index] is object?[] all ? Array.ConvertAll(all, value => (T)value!) : [];

    /// <inheritdoc cref="GetAll{T}(int)"/>
    public IReadOnlyList<T> GetAll<T>(string name) => GetAll<T>(IndexOf(name));

    private int IndexOf(string name)
    {
        for (var i = 0; i < parameters.Count; i++)
            if (parameters[i].Name == name) return i;
        throw new ArgumentException($"There is no parameter {name}.", nameof(name));
    }
}
