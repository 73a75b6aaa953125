bench ; GT.M's side of the benchmarks: mumps -run bench "OPERATION NODES COUNT" prints microseconds.
 ; The nodes are ^account(k,"balance"), 0<=k<NODES; their order without locality is that of bench/orders.ts.
 new op,nodes,count,i,k,n,t,x
 set $etrap="write ""failed: "",$zstatus,! zhalt 1"
 set op=$piece($zcmdline," ",1),nodes=+$piece($zcmdline," ",2),count=+$piece($zcmdline," ",3)
 do @op
 write $zut-t,!
 zhalt 0
load ; also what SET measures
 set t=$zut,k=0
 for i=0:1:nodes-1 set k=k*7621+1#nodes,^account(k,"balance")=i_".25"
 quit
getrandom
 do touch
 set t=$zut,k=0
 for i=1:1:count set k=k*7621+1#nodes,x=^account(k,"balance")
 quit
order
 do touch
remoteorder ; COUNT keys: over GT.CM the whole takes long
 set t=$zut,k=""
 for i=1:1:count set k=$order(^account(k)) quit:k=""
 quit
touch ; reads everything once, so that the clock measures what is in memory
 set k=""
 for  set k=$order(^account(k)) quit:k=""
 quit
set
 do touch
remoteset
 set t=$zut,k=0
 for i=0:1:count-1 set k=k*7621+1#nodes,^account(k,"balance")=i_".25"
 quit
increment
 set x=$increment(^counter)
 set t=$zut
 for i=1:1:count set x=$increment(^counter)
 quit
lock
 lock +^account(0) lock -^account(0)
 set t=$zut
 for i=1:1:count lock +^account(0) lock -^account(0)
 quit
