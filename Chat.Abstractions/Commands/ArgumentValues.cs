namespace Chat;

/// <summary>The converted and checked values of one invocation, in the order of the command's parameters.</summary>
public sealed class ArgumentValues
{
    private readonly IReadOnlyList<ParameterDescriptor> parameters;
    private readonly object?[] values;
    private readonly bool[] given;

    /// <param name="parameters">The parameters of the command.</param>
    /// <param name="values">One value for each parameter, with defaults filled in. A variadic parameter has an array of objects.</param>
    /// <param name="given">For each parameter, whether the caller gave a value.</param>
    public ArgumentValues(IReadOnlyList<ParameterDescriptor> parameters, object?[] values, bool[] given)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(values.Length, parameters.Count);
        ArgumentOutOfRangeException.ThrowIfNotEqual(given.Length, parameters.Count);
        (this.parameters, this.values, this.given) = (parameters, values, given);
    }

    public int Count => values.Length;

    /// <summary>The boxed value, for code that handles parameters of any type.</summary>
    public object? this[int index] => values[index];

    /// <summary>False if the value is the parameter's default.</summary>
    public bool IsGiven(int index) => given[index];

    /// <summary>The default of <typeparamref name="T"/> if an optional parameter has neither a value nor a default.</summary>
    /// <exception cref="InvalidCastException">The parameter has another type.</exception>
    public T Get<T>(int index) => values[index] is { } value ? (T)value : default!;

    /// <exception cref="ArgumentException">The command has no parameter with this name.</exception>
    public T Get<T>(string name) => Get<T>(IndexOf(name));

    /// <summary>The values of a variadic parameter; empty if the caller gave none.</summary>
    public IReadOnlyList<T> GetAll<T>(int index) =>
        values[index] is object?[] all ? Array.ConvertAll(all, value => (T)value!) : [];

    /// <inheritdoc cref="GetAll{T}(int)"/>
    public IReadOnlyList<T> GetAll<T>(string name) => GetAll<T>(IndexOf(name));

    private int IndexOf(string name)
    {
        for (var i = 0; i < parameters.Count; i++)
            if (parameters[i].Name == name) return i;
        throw new ArgumentException($"The command has no parameter \"{name}\".", nameof(name));
    }
}
