namespace Chat.Generators.Tests;

/// <summary>Attributes on a class, method or parameter apply to derived and nested ones, so that no restriction is lost.</summary>
[TestClass]
public sealed class InheritanceTests
{
    private const string Command = "/// <summary>x</summary>\n[Command(\"wipe\")] public string Wipe() => \"\";";

    [TestMethod]
    [DataRow("[Permission(\"x\", DefaultRole = Role.Admin), Audit] internal abstract class Any; internal sealed class C : Any { {0} }")]
    [DataRow(
        "[Permission(\"x\", DefaultRole = Role.Admin)] internal abstract class Any; [Audit] internal abstract class Middle : Any; "
        + "internal sealed class C : Middle { {0} }")]
    [DataRow(
        "[Permission(\"x\", DefaultRole = Role.Admin), Audit] internal abstract class Any<T>; internal sealed class C : Any<int> { {0} "
        + "}")]
    [DataRow("[Permission(\"x\", DefaultRole = Role.Admin), Audit] internal static class Outer { internal sealed class C { {0} } }")]
    [DataRow(
        "[Permission(\"x\", DefaultRole = Role.Admin), Audit] internal abstract class Any; internal sealed class Outer : Any { internal "
        + "sealed class C { {0} } }")]
    [DataRow(
        "[Permission(\"y\")] internal static class Outer { [Permission(\"x\", DefaultRole = Role.Admin), Audit] internal abstract class "
        + "Any; internal sealed class C : Any { {0} } }")]
    [DataRow(
        "internal abstract class Any { [Permission(\"x\", DefaultRole = Role.Admin), Audit] public abstract string Wipe(); } internal "
        + "sealed class C : Any { {0:override} }")]
    [DataRow(
        "internal class Any { [Audit] public virtual string Wipe() => \"\"; } [Permission(\"x\", DefaultRole = Role.Admin)] internal "
        + "class C : Any { {0:override} }")]
    public void APolicyIsInherited(string types)
    {
        using var plugin = LoadedPlugin.From(
            types.Replace("{0}", Command).Replace("{0:override}", Command.Replace("public", "public override")));
        Assert.AreEqual(new CommandPolicy { Permission = "x", DefaultRole = Role.Admin, Audit = true }, plugin["wipe"].Policy);
    }

    [TestMethod]
    public void EveryPolicyAttributeIsInheritedAndTheNearestWins()
    {
        using var plugin = LoadedPlugin.From($$"""
            [Permission("far", DefaultRole = Role.Admin), OnlyIn(Where.Room), RateLimit(5, perSeconds: 60), Deadline(1500)]
            [Confirm, Audit, Hidden] internal abstract class Any;
            [Permission("near"), OnlyIn(Where.Direct)] internal sealed class C : Any { {{Command}} }
            """);
        Assert.AreEqual(
            new CommandPolicy
            {
                Permission = "near",
                Where = Where.Direct,
                Rate = new(5, TimeSpan.FromMinutes(1)),
                Deadline = TimeSpan.FromSeconds(1.5),
                Confirm = true,
                Audit = true,
                Hidden = true,
            },
            plugin["wipe"].Policy);
    }

    [TestMethod]
    [DataRow("[CommandGroup(\"log\"), Alias(\"diario\", \"pt-BR\")] internal abstract class Any; internal sealed class C : Any { {0} }")]
    [DataRow("[CommandGroup(\"log\"), Alias(\"diario\", \"pt-BR\")] internal static class Outer { internal sealed class C { {0} } }")]
    [DataRow(
        "[CommandGroup(\"other\")] internal abstract class Any; [CommandGroup(\"log\"), Alias(\"diario\", \"pt-BR\")] internal sealed "
        + "class C : Any { {0} }")]
    public void AGroupIsInheritedWithItsNames(string types)
    {
        using var plugin = LoadedPlugin.From(types.Replace("{0}", Command));
        Assert.AreEqual("diario wipe", string.Join(' ', plugin["log wipe"].Aliases.Select(a => a.Name)));
    }

    [TestMethod]
    public void ParameterAttributesApplyToAnOverride()
    {
        using var plugin = LoadedPlugin.From("""
            internal abstract class Any { public abstract string Run([Outranked] User who, [Secret, Remainder, Length(9)] string why); }
            internal sealed class C : Any
            {
                /// <summary>x</summary>
                [Command("um")] public override string Run(User who, string why) => "";
            }
            """);
        var (who, why) = (plugin["um"].Parameters[0], plugin["um"].Parameters[1]);
        Assert.AreEqual((true, true, ParameterKind.Remainder, 9), (who.Outranked, why.Secret, why.Kind, why.MaxLength));
    }

    [TestMethod]
    public void NamesAndExamplesAreNotInherited()
    {
        using var plugin = LoadedPlugin.From("""
            internal class Any
            {
                /// <summary>x</summary>
                [Command("um"), Alias("one"), Example("/um")] public virtual string Run() => "";
            }
            internal class Same : Any { public override string Run() => ""; }
            internal class Other : Any
            {
                /// <summary>x</summary>
                [Command("dois")] public override string Run() => "";
            }
            """);
        Assert.AreEqual(
            "um one /um, dois  ", string.Join(
                ", ", new[] { plugin["um"], plugin["dois"] }.Select(
                    c => $"{c.Name} {c.Aliases.SingleOrDefault()?.Name} {c.Examples.SingleOrDefault()}")));
        Assert.AreEqual(2, plugin.Names.Count());
    }

    [TestMethod]
    public void AFiltersPolicyIsInherited()
    {
        using var plugin = LoadedPlugin.From("""
            [Filter(Order = -3, FailClosed = true)]
            internal abstract class Any : IMessageFilter {
                public ValueTask<FilterVerdict> FilterAsync(Draft draft, CancellationToken cancellation) => new(FilterVerdict.Allow); }
            internal sealed class Strict : Any;
            """);
        Assert.AreSequenceEqual(["filter Strict -3 250 True"], plugin.Hooks);
    }
}
