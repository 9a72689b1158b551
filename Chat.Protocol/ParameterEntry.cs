namespace Chat.Protocol;

/// <param name="Type">
/// <c>text</c>, <c>integer</c>, <c>number</c>, <c>boolean</c>, <c>duration</c>, <c>user</c>, <c>room</c>, <c>choice</c>, or a type that a
/// plugin defines.
/// </param>
/// <param name="Kind"><c>argument</c>, <c>option</c>, <c>flag</c>, <c>remainder</c> or <c>variadic</c>.</param>
/// <param name="Secret">True if a client should ask for the value without echo, and not keep it.</param>
/// <param name="Aliases">Other names of an option or a flag, in any language.</param>
public sealed record ParameterEntry(
    string Name, string Type, string Kind, bool Required, string? Summary = null, string? Default = null,
    IReadOnlyList<string>? Choices = null, double? Min = null, double? Max = null, bool? Secret = null,
    IReadOnlyList<string>? Aliases = null);
