namespace TdmPortal.Tests.Generation;

/// <summary>Keys and relationships in all combinations that the contract allows, by name, as <see cref="CompactSchema"/> has them.</summary>
internal static class Constructs
{
    private const string Tenants = """
        tenant 12: id=seq customers=count(customer_tenant) orders=count(order_tenant) | id
        customer 200: tenant_id id=seq orders=count(order_customer) | tenant_id,id
        customer_tenant: customer(tenant_id) > tenant(id)

        """;

    private const string Order = "order 400: id=seq tenant_id customer_id | id\n";

    private const string OrderTenant = "order_tenant: order(tenant_id) > tenant(id)";

    private const string OrderCustomer = "order_customer: order(tenant_id,customer_id) > customer(tenant_id,id)";

    public static IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["tenant first"] = Tenants + Order + OrderTenant + "\n" + OrderCustomer,
        ["tenant last"] = Tenants + Order + OrderCustomer + "\n" + OrderTenant,
        ["zipf in a tenant"] = Tenants + Order + OrderTenant + "\n" + OrderCustomer + " zipf 1",
        ["zipf in a tenant, nullable"] = Tenants + Order + OrderTenant + "\n" + OrderCustomer + " zipf 1 null 30",
        ["uniform in a tenant, nullable"] = Tenants + Order + OrderTenant + "\n" + OrderCustomer + " null 20",
        ["nullable before its tenant"] = Tenants + Order + OrderCustomer + " null 20\n" + OrderTenant + " zipf 0.8",
        ["perParent in a tenant"] = Tenants + Order.Replace(" 400", "", StringComparison.Ordinal) + OrderTenant + "\n" + OrderCustomer + " perParent 0 5",
        ["perParent of the tenant"] = Tenants + Order.Replace(" 400", "", StringComparison.Ordinal) + OrderTenant + " perParent 20 50\n" + OrderCustomer + " zipf 0.9",
        ["zipf among a tenant's perParent rows"] = """
            tenant 12: id=seq orders=count(order_tenant) | id
            customer: tenant_id id=seq(customer_tenant) orders=count(order_customer) | tenant_id,id
            customer_tenant: customer(tenant_id) > tenant(id) perParent 1 60
            order 400: id=seq tenant_id customer_id | id
            order_tenant: order(tenant_id) > tenant(id)
            order_customer: order(tenant_id,customer_id) > customer(tenant_id,id) zipf 1
            """,
        ["one-to-one in a tenant"] = Tenants.Replace("orders=count(order_tenant) ", "", StringComparison.Ordinal).Replace("orders=count(order_customer) ", "profiles=count(profile_customer) ", StringComparison.Ordinal) + """
            profile 120: tenant_id customer_id | tenant_id,customer_id
            profile_tenant: profile(tenant_id) > tenant(id)
            profile_customer: profile(tenant_id,customer_id) > customer(tenant_id,id)
            """,
        ["one-to-one of a few in each tenant"] = """
            tenant 30: id=seq | id
            customer: tenant_id id=seq(customer_tenant) cards=count(card_customer) | tenant_id,id
            customer_tenant: customer(tenant_id) > tenant(id) perParent 5 9
            card: tenant_id no=seq(card_tenant) customer_id | tenant_id,no | tenant_id,customer_id
            card_tenant: card(tenant_id) > tenant(id) perParent 0 5
            card_customer: card(tenant_id,customer_id) > customer(tenant_id,id)
            """,
        ["two of one tenant"] = """
            tenant 9: id=seq | id
            product 120: tenant_id id=seq sold=count(line_product) | tenant_id,id
            product_tenant: product(tenant_id) > tenant(id) zipf 0.5
            order 150: tenant_id id=seq lines=count(line_order) | tenant_id,id
            order_tenant: order(tenant_id) > tenant(id)
            line: tenant_id order_id no=seq(line_order) product_id price=1..100 | tenant_id,order_id,no
            line_order: line(tenant_id,order_id) > order(tenant_id,id) perParent 1 6
            line_product: line(tenant_id,product_id) > product(tenant_id,id)
            line_tenant: line(tenant_id) > tenant(id)
            """,
        ["three levels"] = """
            tenant 9: id=seq | id
            customer 200: tenant_id id=seq | tenant_id,id
            customer_tenant: customer(tenant_id) > tenant(id)
            order 300: tenant_id customer_id id=seq | tenant_id,customer_id,id
            order_customer: order(tenant_id,customer_id) > customer(tenant_id,id) zipf 0.7
            line 600: id=seq tenant_id customer_id order_id | id
            line_tenant: line(tenant_id) > tenant(id)
            line_customer: line(tenant_id,customer_id) > customer(tenant_id,id)
            line_order: line(tenant_id,customer_id,order_id) > order(tenant_id,customer_id,id)
            """,
        ["three levels, nullable"] = """
            tenant 5: id=seq | id
            customer 60: tenant_id id=seq | tenant_id,id
            customer_tenant: customer(tenant_id) > tenant(id)
            order 300: tenant_id customer_id id=seq | tenant_id,customer_id,id
            order_customer: order(tenant_id,customer_id) > customer(tenant_id,id)
            line 400: id=seq tenant_id customer_id order_id | id
            line_tenant: line(tenant_id) > tenant(id)
            line_customer: line(tenant_id,customer_id) > customer(tenant_id,id)
            line_order: line(tenant_id,customer_id,order_id) > order(tenant_id,customer_id,id) zipf 1 null 30
            """,
        ["by the rows of a junction"] = """
            student 200: id=seq grades=count(grade_student) | id
            course 30: id=seq | id
            enrolment 400: student_id course_id grades=count(grade_enrolment) | student_id,course_id
            enrolment_student: enrolment(student_id) > student(id)
            enrolment_course: enrolment(course_id) > course(id)
            grade 700: id=seq student_id course_id | id
            grade_student: grade(student_id) > student(id)
            grade_course: grade(course_id) > course(id)
            grade_enrolment: grade(student_id,course_id) > enrolment(student_id,course_id)
            """,
        ["a junction within a tenant"] = """
            tenant 20: id=seq | id
            member: tenant_id id=seq(member_tenant) groups=count(in_member) | tenant_id,id
            member_tenant: member(tenant_id) > tenant(id) perParent 3 20
            team: tenant_id id=seq(team_tenant) members=count(in_team) | tenant_id,id
            team_tenant: team(tenant_id) > tenant(id) perParent 4 7
            membership: tenant_id member_id team_id | tenant_id,member_id,team_id
            in_tenant: membership(tenant_id) > tenant(id)
            in_member: membership(tenant_id,member_id) > member(tenant_id,id) perParent 0 4
            in_team: membership(tenant_id,team_id) > team(tenant_id,id)
            """,
        ["a junction of ids that are unique alone"] = """
            tenant 4: id=seq | id
            member 90: tenant_id id=seq | id | tenant_id,id
            member_tenant: member(tenant_id) > tenant(id)
            team 100: tenant_id id=seq | id | tenant_id,id
            team_tenant: team(tenant_id) > tenant(id)
            membership 300: tenant_id member_id team_id | member_id,team_id
            in_member: membership(tenant_id,member_id) > member(tenant_id,id)
            in_team: membership(tenant_id,team_id) > team(tenant_id,id)
            """,
        ["a tree within a tenant"] = """
            tenant 7: id=seq | id
            category 250: tenant_id id=seq parent_id below=count(category_parent) | tenant_id,id
            category_parent: category(tenant_id,parent_id) > category(tenant_id,id) root 10
            category_tenant: category(tenant_id) > tenant(id)
            """,
        ["a zipf tree within perParent"] = """
            tenant 7: id=seq | id
            category: tenant_id id=seq(category_tenant) parent_id below=count(category_parent) | tenant_id,id
            category_tenant: category(tenant_id) > tenant(id) perParent 1 50
            category_parent: category(tenant_id,parent_id) > category(tenant_id,id) zipf 1 root 5
            """,
        ["a tree with so many each"] = """
            part 300: id=seq parent_id below=count(part_parent) | id
            part_parent: part(parent_id) > part(id) perParent 1 4 root 3
            """,
        ["a tree with few each"] = """
            part 300: id=seq parent_id no=seq(part_parent) below=count(part_parent) | id | parent_id,no
            part_parent: part(parent_id) > part(id) perParent 0 1 root 60
            """,
        ["a composite tree"] = """
            place 300: x=1..40 y=1..40 above_x above_y below=count(place_above) | x,y
            place_above: place(above_x,above_y) > place(x,y) root 8
            """,
        ["a path"] = """
            version 200: id=seq previous_id after=count(version_previous) | id | previous_id
            version_previous: version(previous_id) > version(id) root 4
            """,
        ["a path within a tenant"] = """
            tenant 11: id=seq | id
            version 300: tenant_id id=seq previous_id after=count(version_previous) | tenant_id,id | tenant_id,previous_id
            version_tenant: version(tenant_id) > tenant(id)
            version_previous: version(tenant_id,previous_id) > version(tenant_id,id) root 4
            """,
        ["a path within perParent"] = """
            tenant 11: id=seq | id
            version: tenant_id id=seq(version_tenant) previous_id after=count(version_previous) | tenant_id,id | tenant_id,previous_id
            version_tenant: version(tenant_id) > tenant(id) perParent 1 30
            version_previous: version(tenant_id,previous_id) > version(tenant_id,id)
            """,
        ["a main row that each must have"] = """
            tenant 20: id=seq main_no | id
            site 300: tenant_id no=seq mains=count(tenant_main) | tenant_id,no
            site_tenant: site(tenant_id) > tenant(id) null 0
            tenant_main: tenant(id,main_no) > site(tenant_id,no) null 1
            """,
        ["codes within an optional parent"] = """
            shelf 30: id=seq | id
            box 90: id=seq shelf_id place=1..12 no=seq(box_shelf) | id | shelf_id,place | shelf_id,no
            box_shelf: box(shelf_id) > shelf(id) null 40
            """,
        ["two keys that share a field"] = """
            seat 900: row=1..40 number=1..30 ticket=1..40 | row,number | number,ticket
            """,
        ["keys of three fields, two of which each has"] = """
            game 500: home=1..31 guest=1..29 day=1..30 | home,guest | guest,day | home,day
            """,
        ["keys that share a field which is unique enough"] = """
            item 500: code=1..900 color=1..7 shape=1..9 | code,color | code,shape
            """,
        ["keys that share two fields"] = """
            lot 700: hall=1..5 aisle=1..9 bin=1..20 owner=1..16 | hall,aisle,bin | hall,aisle,owner
            """,
        ["perParent with nulls"] = """
            parent 60: id=seq children=count(child_parent) | id
            child: id=seq parent_id no=seq(child_parent) | id | parent_id,no
            child_parent: child(parent_id) > parent(id) perParent 1 7 null 30
            """,
        ["one-to-one, more rows than parents"] = """
            parent 60: id=seq children=count(child_parent) | id
            child 200: id=seq parent_id | id | parent_id
            child_parent: child(parent_id) > parent(id) null 75
            """,
        ["a junction with nulls"] = """
            left 20: id=seq pairs=count(pair_left) | id
            right 30: id=seq pairs=count(pair_right) | id
            pair 550: id=seq left_id right_id | id | left_id,right_id
            pair_left: pair(left_id) > left(id) null 20
            pair_right: pair(right_id) > right(id) null 10
            """,
        ["a junction with more rows than pairs, some null"] = """
            left 10: id=seq pairs=count(pair_left) | id
            right 15: id=seq pairs=count(pair_right) | id
            pair 300: id=seq left_id right_id | id | left_id,right_id
            pair_left: pair(left_id) > left(id) null 60
            pair_right: pair(right_id) > right(id) null 10
            """,
        ["a perParent junction with nulls"] = """
            left 30: id=seq pairs=count(pair_left) | id
            right 25: id=seq pairs=count(pair_right) | id
            pair: id=seq left_id right_id | id | left_id,right_id
            pair_left: pair(left_id) > left(id) perParent 0 9 null 20
            pair_right: pair(right_id) > right(id) null 30
            """,
        ["a triple junction"] = """
            person 40: id=seq grants=count(grant_person) | id
            role 9: id=seq grants=count(grant_role) | id
            project 25: id=seq grants=count(grant_project) | id
            grant 1500: person_id role_id project_id | person_id,role_id,project_id
            grant_person: grant(person_id) > person(id)
            grant_role: grant(role_id) > role(id)
            grant_project: grant(project_id) > project(id)
            """,
        ["a triple junction, full"] = """
            a 7: id=seq n=count(of_a) | id
            b 5: id=seq n=count(of_b) | id
            c 6: id=seq n=count(of_c) | id
            d 2: id=seq n=count(of_d) | id
            all 420: a_id b_id c_id d_id | a_id,b_id,c_id,d_id
            of_a: all(a_id) > a(id)
            of_b: all(b_id) > b(id)
            of_c: all(c_id) > c(id)
            of_d: all(d_id) > d(id)
            """,
        ["a triple junction with nulls"] = """
            a 12: id=seq n=count(of_a) | id
            b 15: id=seq n=count(of_b) | id
            c 6: id=seq n=count(of_c) | id
            all 700: id=seq a_id b_id c_id | id | a_id,b_id,c_id
            of_a: all(a_id) > a(id)
            of_b: all(b_id) > b(id) null 20
            of_c: all(c_id) > c(id) null 10
            """,
        ["a triple junction, two zipf"] = """
            a 60: id=seq n=count(of_a) | id
            b 30: id=seq n=count(of_b) | id
            c 20: id=seq n=count(of_c) | id
            all 400: a_id b_id c_id | a_id,b_id,c_id
            of_a: all(a_id) > a(id) zipf 1
            of_b: all(b_id) > b(id)
            of_c: all(c_id) > c(id) zipf 0.7
            """,
        ["a junction of four, one zipf"] = """
            a 9: id=seq n=count(of_a) | id
            b 8: id=seq n=count(of_b) | id
            c 7: id=seq n=count(of_c) | id
            d 6: id=seq n=count(of_d) | id
            all 450: a_id b_id c_id d_id | a_id,b_id,c_id,d_id
            of_a: all(a_id) > a(id)
            of_b: all(b_id) > b(id)
            of_c: all(c_id) > c(id)
            of_d: all(d_id) > d(id) zipf 1
            """,
        ["a triple junction, one perParent"] = """
            a 60: id=seq n=count(of_a) | id
            b 30: id=seq n=count(of_b) | id
            c 20: id=seq n=count(of_c) | id
            all: a_id b_id c_id | a_id,b_id,c_id
            of_a: all(a_id) > a(id) perParent 0 12
            of_b: all(b_id) > b(id)
            of_c: all(c_id) > c(id)
            """,
        ["zipf by uniform"] = """
            left 60: id=seq pairs=count(pair_left) | id
            right 25: id=seq pairs=count(pair_right) | id
            pair 400: left_id right_id | left_id,right_id
            pair_left: pair(left_id) > left(id) zipf 1
            pair_right: pair(right_id) > right(id) uniform
            """,
        ["uniform by zipf, capped"] = """
            left 12: id=seq pairs=count(pair_left) | id
            right 40: id=seq pairs=count(pair_right) | id
            pair 300: left_id right_id | left_id,right_id
            pair_left: pair(left_id) > left(id) uniform
            pair_right: pair(right_id) > right(id) zipf 1.4
            """,
        ["zipf by zipf"] = """
            left 50: id=seq pairs=count(pair_left) | id
            right 70: id=seq pairs=count(pair_right) | id
            pair 600: left_id right_id | left_id,right_id
            pair_left: pair(left_id) > left(id) zipf 1
            pair_right: pair(right_id) > right(id) zipf 0.8
            """,
        ["zipf by zipf, full"] = """
            left 9: id=seq pairs=count(pair_left) | id
            right 11: id=seq pairs=count(pair_right) | id
            pair 99: left_id right_id | left_id,right_id
            pair_left: pair(left_id) > left(id) zipf 2
            pair_right: pair(right_id) > right(id) zipf 1
            """,
        ["zipf by zipf, nearly full"] = """
            left 40: id=seq pairs=count(pair_left) | id
            right 40: id=seq pairs=count(pair_right) | id
            pair 1500: left_id right_id | left_id,right_id
            pair_left: pair(left_id) > left(id) zipf 1.5
            pair_right: pair(right_id) > right(id) zipf 1.5
            """,
        ["zipf by zipf with nulls"] = """
            left 50: id=seq pairs=count(pair_left) | id
            right 30: id=seq pairs=count(pair_right) | id
            pair 500: id=seq left_id right_id | id | left_id,right_id
            pair_left: pair(left_id) > left(id) zipf 1 null 20
            pair_right: pair(right_id) > right(id) zipf 0.8 null 10
            """,
        ["perParent by zipf"] = """
            left 80: id=seq pairs=count(pair_left) | id
            right 45: id=seq pairs=count(pair_right) | id
            pair: left_id right_id | left_id,right_id
            pair_left: pair(left_id) > left(id) perParent 0 9
            pair_right: pair(right_id) > right(id) zipf 1
            """,
        ["zipf by perParent with nulls"] = """
            left 45: id=seq pairs=count(pair_left) | id
            right 80: id=seq pairs=count(pair_right) | id
            pair: id=seq left_id right_id | id | left_id,right_id
            pair_left: pair(left_id) > left(id) zipf 1.2
            pair_right: pair(right_id) > right(id) perParent 1 6 null 25
            """,
        ["zipf by uniform, few rows"] = """
            left 300: id=seq pairs=count(pair_left) | id
            right 500: id=seq pairs=count(pair_right) | id
            pair 40: left_id right_id | left_id,right_id
            pair_left: pair(left_id) > left(id) zipf 0.5
            pair_right: pair(right_id) > right(id) uniform
            """,
    };
}
