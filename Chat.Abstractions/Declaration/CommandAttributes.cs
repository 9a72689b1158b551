namespace Chat;

/// <summary>Makes a method a command. Its class may take services in its constructor; its parameters are the arguments.</summary>
/// <param name="name">Canonical, without the slash. In a <see cref="CommandGroupAttribute"/> the group's name stands before it; left out, the method is what the group's name alone runs.</param>
[AttributeUsage(AttributeTargets.Method, Inherited = false)]
public sealed class CommandAttribute(string name = "") : Attribute
{
    public string Name { get; } = name;
}

/// <summary>Makes the commands of a class, of derived classes and of classes in it sub-commands: <c>/encerrar cancelar</c>. The nearest holds.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class CommandGroupAttribute(string name) : Attribute
{
    public string Name { get; } = name;
}

/// <summary>A further name of a command, a group, a parameter, or an enum's member that is a choice.</summary>
/// <param name="language">Who speaks it (<c>pt-BR</c>, <c>en</c>) is shown this name first; all names always work.</param>
[AttributeUsage(AttributeTargets.Method | AttributeTargets.Class | AttributeTargets.Parameter | AttributeTargets.Field, AllowMultiple = true, Inherited = false)]
public sealed class AliasAttribute(string name, string? language = null) : Attribute
{
    public string Name { get; } = name;

    public string? Language { get; } = language;
}

/// <summary>A whole line with its slash, shown in help. That it parses is checked when the plugin is built, and again when it is loaded.</summary>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = true, Inherited = false)]
public sealed class ExampleAttribute(string line) : Attribute
{
    public string Line { get; } = line;
}
