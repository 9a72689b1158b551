namespace Chat;

/// <summary>Makes a method a command. Its parameters are the command's arguments; its class may take services in the constructor.</summary>
/// <param name="name">
/// The canonical name, without the slash. In a <see cref="CommandGroupAttribute"/> the group's name goes before it; leave it out for the
/// command that runs when the group's name is typed alone.
/// </param>
[AttributeUsage(AttributeTargets.Method, Inherited = false)]
public sealed class CommandAttribute(string name = "") : Attribute
{
    public string Name { get; } = name;
}

/// <summary>
/// Makes the commands of a class subcommands, such as <c>/encerrar cancelar</c>. It also applies to derived and nested classes, unless
/// they have a group of their own.
/// </summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class CommandGroupAttribute(string name) : Attribute
{
    public string Name { get; } = name;
}

/// <summary>Another name for a command, a group, a parameter, or a member of an enum.</summary>
/// <param name="language">
/// The language in which help shows this name (<c>pt-BR</c> or <c>en</c>). Every name works in every language.
/// </param>
[AttributeUsage(
    AttributeTargets.Method | AttributeTargets.Class | AttributeTargets.Parameter | AttributeTargets.Field,
    AllowMultiple = true,
    Inherited = false)]
public sealed class AliasAttribute(string name, string? language = null) : Attribute
{
    public string Name { get; } = name;

    public string? Language { get; } = language;
}

/// <summary>A complete line with the slash, shown in help. The compiler and the daemon check that it parses.</summary>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = true, Inherited = false)]
public sealed class ExampleAttribute(string line) : Attribute
{
    public string Line { get; } = line;
}
