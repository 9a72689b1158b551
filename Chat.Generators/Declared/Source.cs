namespace Chat.Generators.Declared;

/// <summary>Where a parameter's value comes from. <see cref="Argument"/> and those after it are members of <c>ParameterKind</c>.</summary>
internal enum Source
{
    Context,
    Aborted,
    Argument,
    Option,
    Flag,
    Remainder,
    Variadic,
}
