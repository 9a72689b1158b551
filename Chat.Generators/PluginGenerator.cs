using Chat.Generators.Declared;
using Chat.Generators.Emitting;
using Chat.Generators.Reading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Chat.Generators;

/// <summary>Generates the registration of commands, routes and hooks at build time, so that the daemon needs no reflection.</summary>
[Generator(LanguageNames.CSharp)]
public sealed class PluginGenerator : IIncrementalGenerator
{
    /// <summary>The names of the cached steps, for tests.</summary>
    internal const string CommandStep = "Commands", HookStep = "Hooks", RouteStep = "Routes", ClassStep = "Classes", EntryStep = "Entry";

    /// <inheritdoc/>
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        var commands = context.SyntaxProvider.ForAttributeWithMetadataName(
            "Chat.CommandAttribute", static (node, _) => node is MethodDeclarationSyntax, Command)
            .Where(static command => command is not null).Select(static (command, _) => command!).WithTrackingName(CommandStep);
        var routes = context.SyntaxProvider.ForAttributeWithMetadataName(
            "Chat.RouteAttribute", static (node, _) => node is MethodDeclarationSyntax,
            static (found, _) => RouteReader.Read((IMethodSymbol)found.TargetSymbol, new Findings()))
            .Where(static route => route is not null).Select(static (route, _) => route!).WithTrackingName(RouteStep);
        var hooks = context.SyntaxProvider.CreateSyntaxProvider(
            static (node, _) => node is TypeDeclarationSyntax { BaseList: not null }, Hooks)
            .Where(static hooks => hooks.Count > 0).WithTrackingName(HookStep);
        var assembly = context.CompilationProvider.Select(
            static (compilation, _) => new DeclaredAssembly(compilation.AssemblyName ?? "", compilation.Assembly.Has("ChatPlugin")));

        var classes = commands.Collect().SelectMany(static (all, _) => CommandClass.Of(all)).WithTrackingName(ClassStep);
        var entry = commands.Collect().Combine(hooks.Collect()).Combine(routes.Collect()).Combine(assembly)
            .Select(static (all, _) => new PluginAssembly(
                all.Right, CommandClass.Of(all.Left.Left.Left).ToEquatableArray(),
                all.Left.Left.Right.SelectMany(h => h).Distinct().OrderBy(h => h.Type, StringComparer.Ordinal)
                    .ThenBy(h => h.Event, StringComparer.Ordinal).ToEquatableArray(),
                all.Left.Right.OrderBy(r => r.Path, StringComparer.Ordinal).ThenBy(r => r.Verb, StringComparer.Ordinal).ToEquatableArray()))
            .WithTrackingName(EntryStep);

        context.RegisterSourceOutput(classes, static (output, commands) => output.AddSource(commands.File, CommandWriter.Write(commands)));
        context.RegisterSourceOutput(entry, static (output, plugin) =>
        {
            if (!plugin.IsEmpty) output.AddSource("PluginEntry.g.cs", EntryWriter.Write(plugin));
        });
    }

    private static DeclaredCommand? Command(GeneratorAttributeSyntaxContext context, CancellationToken cancellation) =>
        CommandReader.Read((IMethodSymbol)context.TargetSymbol, new Findings(), cancellation);

    private static EquatableArray<DeclaredHook> Hooks(GeneratorSyntaxContext context, CancellationToken cancellation) =>
        context.SemanticModel.GetDeclaredSymbol(context.Node, cancellation) is INamedTypeSymbol type
            ? HookReader.Read(type, new Findings())
            : default;
}
